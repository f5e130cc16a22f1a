import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/merge.json' with { type: 'json' };

addMessages(messages);
