import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { encode } from 'uqr';
import './settings.css';

/** Modules of white around the code, as scanners want it (ISO/IEC 18004). */
const quiet = 4;

/** A text as a QR code: one path, dark on white in either theme, since many scanners read nothing else. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { path, size } = useMemo(() => drawn(text), [text]);
  return (
    <svg className="settings-qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** Each run of dark modules in a row is one rectangle of the path. */
function drawn(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const path = data.flatMap((row, y) => Array.from(row.map((isDark) => (isDark ? '#' : ' ')).join('').matchAll(/#+/gu), ({ index, 0: run }) => `M${index + quiet} ${y + quiet}h${run.length}v1h-${run.length}z`)).join('');
  return { path, size: size + 2 * quiet };
}
