/** Something with a place on the screen, in px. */
export interface Placed {
  px: number;
  py: number;
}

/** Things so close together that they are shown as one. */
export interface Cluster<T extends Placed> {
  members: T[];
  /** The middle of its members. */
  px: number;
  py: number;
  /** The distance of the farthest member from the middle. */
  reach: number;
}

/** How things are brought together. */
export interface ClusterOptions {
  /** The edge of the cells in px: what shares a cell is together. */
  cell: number;
  /** The most clusters there may be; cells grow until that holds. */
  most: number;
  /** Where the grid of cells begins, so that it moves along with what is on it. */
  origin: Placed;
}

/** Things brought together, and the cell that was needed for it. */
export interface Clustering<T extends Placed> {
  clusters: Cluster<T>[];
  cell: number;
}

const growth = 1.5;
const stride = 1 << 16;

function bin<T extends Placed>(things: readonly T[], cell: number, origin: Placed): Map<number, T[]> {
  const cells = new Map<number, T[]>();
  for (const thing of things) {
    const column = Math.floor((thing.px - origin.px) / cell);
    const row = Math.floor((thing.py - origin.py) / cell);
    const key = column * stride + row;
    const own = cells.get(key);
    if (own) own.push(thing);
    else cells.set(key, [thing]);
  }
  return cells;
}

function clusterOf<T extends Placed>(members: T[]): Cluster<T> {
  let [px, py] = [0, 0];
  for (const member of members) {
    px += member.px;
    py += member.py;
  }
  px /= members.length;
  py /= members.length;
  let reach = 0;
  for (const member of members) reach = Math.max(reach, Math.hypot(member.px - px, member.py - py));
  return { members, px, py, reach };
}

/** How close two clusters may be, in cells: two piles need more room than a single thing beside something. */
const room = { single: 0.8, piles: 1.4 };

/** Joins clusters that a cell's edge kept apart. */
function join<T extends Placed>(clusters: Cluster<T>[], cell: number): Cluster<T>[] {
  const joined: Cluster<T>[] = [];
  for (const each of clusters) {
    const at = joined.findIndex((other) => {
      const piles = other.members.length > 1 && each.members.length > 1;
      return Math.hypot(other.px - each.px, other.py - each.py) < cell * (piles ? room.piles : room.single);
    });
    const other = joined[at];
    if (other) joined[at] = clusterOf([...other.members, ...each.members]);
    else joined.push(each);
  }
  return joined;
}

/** Brings things together that are close; the same things in the same order give the same clusters. */
export function cluster<T extends Placed>(things: readonly T[], options: ClusterOptions): Clustering<T> {
  let { cell } = options;
  let cells = bin(things, cell, options.origin);
  while (cells.size > options.most) {
    cell *= growth;
    cells = bin(things, cell, options.origin);
  }
  const clusters = [...cells.values()].map(clusterOf);
  return { clusters: cell === options.cell ? join(clusters, cell) : clusters, cell };
}
