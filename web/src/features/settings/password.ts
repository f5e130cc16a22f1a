/** The fewest characters of a password; the server holds to the same. */
export const passwordMin = 10;
