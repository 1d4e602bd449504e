import type { ReactNode } from 'react';
import { PreferencesMenu } from '../../app/shell/preferences-menu.tsx';
import { Page } from '../../ui/index.ts';
import './sign-in.css';

export interface SignInFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** The one box that people without a session see. */
export function SignInFrame({ title, description, children }: SignInFrameProps): ReactNode {
  return (
    <main className="sign-in">
      <div className="sign-in-brand">
        <img src="/favicon.svg" width={32} height={32} alt="" />
        <span>Rollcall</span>
      </div>
      <div className="sign-in-box">
        <Page title={title} description={description}>
          {children}
        </Page>
      </div>
      <div className="sign-in-foot">
        <PreferencesMenu />
      </div>
    </main>
  );
}
