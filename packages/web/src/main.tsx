import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { makeQueryClient } from './api/index.ts';
import { makeRouter } from './app/router.ts';
import { startTheme } from './app/theme.ts';
import { LanguageProvider, activateLanguage, rememberedLanguage } from './i18n/index.ts';
import './ui/tokens.css';
import './ui/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
startTheme();
await activateLanguage(rememberedLanguage());
const queries = makeQueryClient(() => {
  if (router.state.location.pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
});
const router = makeRouter(queries);
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
