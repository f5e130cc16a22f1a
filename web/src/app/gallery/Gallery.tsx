import { setTheme, useTheme } from '@/lib/theme.ts';
import { useTitle } from '@/lib/title.ts';
import { Segments } from '@/ui/Segments.tsx';
import { Choices, Dates, Inputs } from './controls.tsx';
import css from './Gallery.module.css';
import { Colors, Layout, Scores } from './marks.tsx';
import { Buttons, Feedback, Overlays } from './parts.tsx';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Every primitive on one page, to look at while building; in development builds only. */
export default function Gallery() {
  useTitle('Gallery');
  const theme = useTheme();
  return (
    <main className={css.page}>
      <header className={css.header}>
        <h1>Gallery</h1>
        <Segments label="Theme" options={themes} value={theme} onValueChange={setTheme} />
      </header>
      <Buttons />
      <Inputs />
      <Choices />
      <Dates />
      <Colors />
      <Scores />
      <Overlays />
      <Feedback />
      <Layout />
    </main>
  );
}
