import './styles/all.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startWorker } from './lib/start-worker.ts';
import { startTexts } from './lib/texts.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// Not awaited here: an entry that waits could not share a file with what later pages need of it.
void startTexts().then(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
startWorker();
