import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/project.json' with { type: 'json' };

addMessages(messages);
