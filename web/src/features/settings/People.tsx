import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { TextField } from '@/ui/TextField.tsx';
import { getPeople, settingsKeys } from './calls.ts';
import { Listing } from './Listing.tsx';
import { matching } from './matching.ts';
import { PersonLine } from './PersonLine.tsx';
import css from './settings.module.css';

/** Everybody in the workspace. */
export function People() {
  const [wanted, setWanted] = useState('');
  const { data, error } = useQuery({
    queryKey: settingsKeys.people,
    queryFn: ({ signal }) => getPeople(signal),
  });
  return (
    <div className={css.part}>
      <p className={css.text}>{t('settings.peopleText')}</p>
      <TextField
        icon={Search}
        type="search"
        aria-label={t('settings.findPerson')}
        placeholder={t('settings.findPerson')}
        value={wanted}
        onValueChange={setWanted}
        clearable
      />
      <Listing
        label={t('settings.people')}
        items={data && matching(data, wanted)}
        error={error}
        empty={<p className={css.quiet}>{t('ui.noMatches', { query: wanted })}</p>}
      >
        {(person) => <PersonLine key={person.id} person={person} />}
      </Listing>
    </div>
  );
}
