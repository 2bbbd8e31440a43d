// A worker that lays out frames in two dimensions with UMAP, step by step, which lets the page draw
// intermediate layouts. A frame starts at its position in the previous layout, or near a frame of the
// same camera, which keeps the map stable when it is refreshed.
importScripts('vendor/umap.js');

const NEIGHBOURS = 12;
const FIRST_EPOCHS = 250;
const NEXT_EPOCHS = 90;
const EPOCHS_AT_ONCE = 6;

let places = new Map();
let centres = new Map();
let task = 0;

/** A seeded generator: the same frames give the same map. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Unit vectors (N, D) from bytes of any common length. */
function unitVectors(bytes, count, dimension) {
  const vectors = [];
  for (let i = 0; i < count; i++) {
    const row = Float32Array.from(bytes.subarray(i * dimension, (i + 1) * dimension));
    const norm = Math.hypot(...row) || 1;
    vectors.push(row.map(value => value / norm));
  }
  return vectors;
}

/** The nearest neighbors of each frame by cosine distance, itself first, in UMAP's format. */
function nearest(vectors, k) {
  const indices = [];
  const distances = [];
  const similarity = new Float32Array(vectors.length);
  for (let i = 0; i < vectors.length; i++) {
    const one = vectors[i];
    for (let j = 0; j < vectors.length; j++) {
      const other = vectors[j];
      let sum = 0;
      for (let d = 0; d < one.length; d++) sum += one[d] * other[d];
      similarity[j] = sum;
    }
    similarity[i] = 2;
    const order = Array.from(similarity.keys()).sort((a, b) => similarity[b] - similarity[a]).slice(0, k);
    indices.push(order);
    distances.push(order.map(j => j === i ? 0 : Math.max(0, 1 - similarity[j])));
  }
  return {indices, distances};
}

function begin({keys, cameras, bytes, dimension}) {
  const count = keys.length;
  const random = generator(7);
  const vectors = unitVectors(bytes, count, dimension);
  const k = Math.min(NEIGHBOURS, count - 1);
  const known = keys.filter(key => places.has(key)).length;
  const afresh = centres.size === 0;
  const umap = new UMAP.UMAP({
    nNeighbors: k, minDist: .25, spread: 1.2, random,
    nEpochs: afresh ? FIRST_EPOCHS : NEXT_EPOCHS,
    // A layout that is mostly known needs only few steps.
    learningRate: afresh ? 1 : known > count / 2 ? .35 : .8,
  });
  const {indices, distances} = nearest(vectors, k);
  umap.setPrecomputedKNN(indices, distances);
  const epochs = umap.initializeFit(vectors);
  const embedding = umap.getEmbedding();
  if (!afresh) {
    for (let i = 0; i < count; i++) {
      const from = places.get(keys[i]) ?? near(indices[i], keys) ?? centres.get(cameras[i]);
      if (from) {
        embedding[i][0] = from[0] + .3 * (random() - .5);
        embedding[i][1] = from[1] + .3 * (random() - .5);
      }
    }
  }
  return {umap, epochs, embedding};
}

/** The position of the nearest frame that has one already. */
function near(indices, keys) {
  for (const j of indices) {
    const place = places.get(keys[j]);
    if (place) return place;
  }
  return null;
}

function remember({keys, cameras}, embedding) {
  places = new Map(keys.map((key, i) => [key, [...embedding[i]]]));
  const sums = new Map();
  embedding.forEach(([x, y], i) => {
    const sum = sums.get(cameras[i]) ?? [0, 0, 0];
    sums.set(cameras[i], [sum[0] + x, sum[1] + y, sum[2] + 1]);
  });
  for (const [camera, [x, y, n]] of sums) centres.set(camera, [x / n, y / n]);
}

function settle(message, work, mine, done) {
  if (mine !== task) return;
  const until = Math.min(work.epochs, done + EPOCHS_AT_ONCE);
  for (let epoch = done; epoch < until; epoch++) work.umap.step();
  remember(message, work.embedding);
  const positions = new Float32Array(2 * work.embedding.length);
  work.embedding.forEach(([x, y], i) => { positions[2 * i] = x; positions[2 * i + 1] = y; });
  postMessage({id: message.id, positions, settled: until === work.epochs}, [positions.buffer]);
  // A newer layout may arrive between two rounds.
  if (until < work.epochs) setTimeout(() => settle(message, work, mine, until), 0);
}

onmessage = ({data}) => {
  task++;
  settle(data, begin(data), task, 0);
};
