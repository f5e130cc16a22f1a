import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/timeline.json' with { type: 'json' };

addMessages(messages);
