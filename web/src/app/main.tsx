import '@/ui/base.css';
import { createRoot } from 'react-dom/client';
import { setMessageLocale } from '@/lib/i18n.ts';
import { App } from './App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// No top-level await: it would keep the bundler from putting shared modules into the first script.
void setMessageLocale(navigator.languages).then(() => createRoot(root).render(<App />));
