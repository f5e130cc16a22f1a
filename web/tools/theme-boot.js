// Applies the stored theme before the first paint. Keep the key in step with src/lib/theme.ts.
try {
  const theme = localStorage.getItem('cairn.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme applies then.
}
