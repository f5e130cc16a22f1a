import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/importer.json' with { type: 'json' };

addMessages(messages);
