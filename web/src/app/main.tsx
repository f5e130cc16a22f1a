import '@/ui/base.css';
import { createRoot } from 'react-dom/client';
import { setMessageLocale } from '@/lib/i18n.ts';
import { App } from './App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await setMessageLocale(navigator.languages);
createRoot(root).render(<App />);
