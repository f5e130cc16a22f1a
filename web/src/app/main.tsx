import '@/ui/base.css';
import { createRoot } from 'react-dom/client';
import { setMessageLocale } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { firstAnswers } from '@/sync/first.ts';
import { App } from './App.tsx';
import { preloadPage } from './pages.ts';

/** The address of a project stands for that of its first view; said before anything is drawn, it is drawn once. */
function openFirstView(): void {
  const { project, result } = firstAnswers();
  if (project && result && location.pathname === paths.project(project.key))
    history.replaceState(history.state, '', paths.view(project.key, result.view) + location.search);
}

/** How long a page's script is waited for before the frame is shown without it, in ms. */
const patience = 400;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
openFirstView();
const page = Promise.race([
  preloadPage(location.pathname),
  new Promise((resolve) => setTimeout(resolve, patience)),
]);
// No top-level await: it would keep the bundler from putting shared modules into the first script.
void Promise.all([setMessageLocale(navigator.languages), page]).then(() => createRoot(root).render(<App />));
