import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider, createMemoryHistory, createRootRoute, createRouter } from '@tanstack/react-router';
import { startTheme } from '../app/theme.ts';
import { LanguageProvider, activateLanguage, rememberedLanguage } from '../i18n/index.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import { Gallery } from './gallery.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('gallery.html has no #root.');
startTheme();
await activateLanguage(rememberedLanguage());
// Links of the kit are router links, so the gallery has a router of its own that goes nowhere.
const router = createRouter({ routeTree: createRootRoute({ component: Gallery }), history: createMemoryHistory() });
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <RouterProvider router={router} />
    </LanguageProvider>
  </StrictMode>,
);
