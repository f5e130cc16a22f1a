import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/board.json' with { type: 'json' };

addMessages(messages);
