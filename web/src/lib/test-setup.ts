import './messages/later/auth.ts';
import './messages/later/board.ts';
import './messages/later/matrix.ts';
import './messages/later/project.ts';
import './messages/later/timeline.ts';
import './messages/later/tree.ts';
import './messages/later/merge.ts';
import './messages/later/chances.ts';
import './messages/later/importer.ts';
import './messages/later/keys.ts';
import './messages/later/settings.ts';
import './messages/later/since.ts';
import './messages/later/talk.ts';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { endFirstPaint } from './first-paint.ts';

// Nothing is painted here.
endFirstPaint();

// How long to wait for a condition before a test gives up: long, since a busy machine is no failure.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);
