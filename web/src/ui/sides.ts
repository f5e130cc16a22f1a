/** Where a floating part opens. */
export type Side = 'top' | 'bottom' | 'left' | 'right';

/** Which edges of a floating part and of what it stands beside are in line. */
export type Align = 'start' | 'center' | 'end';
