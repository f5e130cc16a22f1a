// Applies the stored theme before the first paint. Keep the key in step with src/lib/theme.ts.
try {
  const theme = localStorage.getItem('cairn.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme applies then.
}
// The first number that is formatted costs most, since the rules of its language are loaded with it. Here it costs
// nothing: the app is still on its way.
new Intl.NumberFormat(navigator.language).format(1);
new Intl.PluralRules('en').select(1);
