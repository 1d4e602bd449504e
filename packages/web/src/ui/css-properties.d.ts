import 'react';

declare module 'react' {
  /** Our own custom properties may stand in `style`. */
  interface CSSProperties {
    [name: `--rc-${string}`]: string;
  }
}
