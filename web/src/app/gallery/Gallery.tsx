/** Every primitive on one page, in development builds only. */
export default function Gallery() {
  return <main>gallery</main>;
}
