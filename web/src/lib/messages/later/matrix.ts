import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/matrix.json' with { type: 'json' };

addMessages(messages);
