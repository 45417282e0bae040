/* Numbers of words go in, scores, trees and entities come out: the inner loops of the parser.
 *
 * The same bytes come out on every processor. Each number of a matrix product is summed in the order of its
 * terms, whatever the width of the vectors, and each product is added with one rounding (fused). A sum over a
 * row runs over 16 partial sums, also where a vector holds fewer. Nowhere else may the compiler fuse
 * (-ffp-contract=off).
 *
 * The file is compiled once for each kind of processor; see hatch_build.py.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

/* LANES: floats in a vector. ROWS: rows whose sums fit into the registers together. */
#if defined(__AVX512F__)
#include <immintrin.h>
enum { LANES = 16, ROWS = 8 };
#elif defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
enum { LANES = 8, ROWS = 4 };
#elif defined(__aarch64__)
#include <arm_neon.h>
enum { LANES = 4, ROWS = 8 };
#else
enum { LANES = 2, ROWS = 2 };
#endif

enum { PANEL = 48, PIECE = 16, WIDTH = 96, HIDDEN = 64 };

typedef float vector __attribute__((vector_size(LANES * sizeof(float))));
/* The same anywhere in memory. */
typedef float unaligned __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

static inline vector load(const float *from) { return *(const unaligned *)from; }
static inline void store(float *to, vector from) { *(unaligned *)to = from; }

/* Whole numbers of the same width; a comparison gives them, all ones where it holds. */
typedef int32_t whole __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef int32_t unaligned_whole __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(4), may_alias));

static inline vector picked(whole where, vector one, vector other)
{
    return (vector)((where & (whole)one) | (~where & (whole)other));
}
static inline vector larger(vector one, vector other) { return picked(one > other, one, other); }

/* a * b + c with one rounding. */
static inline vector fused(float a, vector b, vector c)
{
#if defined(__AVX512F__)
    return _mm512_fmadd_ps(_mm512_set1_ps(a), b, c);
#elif defined(__AVX2__) && defined(__FMA__)
    return _mm256_fmadd_ps(_mm256_set1_ps(a), b, c);
#elif defined(__aarch64__)
    return vfmaq_f32(c, vdupq_n_f32(a), b);
#else
    /* A processor that can't. In doubles the product is exact; the sum is rounded to the odd neighbour where it
     * isn't exact, so that the second rounding, to a float, gives what one rounding would have given. */
    typedef double doubles __attribute__((vector_size(LANES * sizeof(double))));
    typedef int64_t bits __attribute__((vector_size(LANES * sizeof(double))));
    doubles product = __builtin_convertvector(b, doubles) * (double)a, more = __builtin_convertvector(c, doubles);
    doubles sum = product + more, added = sum - product;
    doubles lost = (product - (sum - added)) + (more - added);
    bits even = ((bits)sum & 1) - 1, same_sign = ~((lost > 0) ^ (sum > 0)); /* all ones where it is so */
    bits moved = (bits)sum + ((-1 - 2 * same_sign) & even & (lost != 0));
    return __builtin_convertvector((doubles)moved, vector);
#endif
}

/* A block of rows of input times one panel of weights (48 columns), plus the bias. A row of output starts `stride` after
 * the one before. */
static inline __attribute__((always_inline)) void
panel(const float *const *in, int terms, const float *weights, const float *bias, float *out, long stride)
{
    for (int lane = 0; lane < PIECE; lane += LANES) {
        vector sum[ROWS][3];
        for (int row = 0; row < ROWS; row++)
            for (int piece = 0; piece < 3; piece++)
                sum[row][piece] = load(bias + piece * PIECE + lane);
        for (int k = 0; k < terms; k++) {
            const float *at = weights + (long)k * PANEL + lane;
            vector first = load(at), second = load(at + PIECE), third = load(at + 2 * PIECE);
#pragma GCC unroll 8
            for (int row = 0; row < ROWS; row++) {
                float value = in[row][k];
                sum[row][0] = fused(value, first, sum[row][0]);
                sum[row][1] = fused(value, second, sum[row][1]);
                sum[row][2] = fused(value, third, sum[row][2]);
            }
        }
        for (int row = 0; row < ROWS; row++)
            for (int piece = 0; piece < 3; piece++)
                store(out + row * stride + piece * PIECE + lane, sum[row][piece]);
    }
}

/* Where the rows of a block begin, from the row `start` on; after the last row it comes again. `which` names the rows;
 * without it they are 0, 1, 2 … */
static inline void block_of(int start, int rows, const int32_t *which, const float *in, long stride, const float **found)
{
    for (int i = 0; i < ROWS; i++) {
        int row = start + i < rows ? start + i : rows - 1;
        found[i] = in + (which ? which[row] : row) * stride;
    }
}

/* Rows of `terms` numbers -> rows of `columns` numbers (a multiple of 48). Each row of input starts `stride`
 * after the one before, here and below. */
void affine(int rows, const float *in, long stride, int terms, int columns, const float *weights, const float *bias,
            float *out)
{
    float block[ROWS * PANEL];
    const float *from[ROWS];
    for (int start = 0; start < rows; start += ROWS) {
        block_of(start, rows, 0, in, stride, from);
        for (int column = 0; column < columns; column += PANEL) {
            const float *part = weights + (long)column * terms;
            float *to = out + (long)start * columns + column;
            if (start + ROWS <= rows) {
                panel(from, terms, part, bias + column, to, columns);
                continue;
            }
            panel(from, terms, part, bias + column, block, PANEL);
            for (int row = 0; start + row < rows; row++)
                memcpy(to + (long)row * columns, block + row * PANEL, PANEL * sizeof *block);
        }
    }
}

/* Sum of 96 numbers: 16 partial sums, then these by halves. */
static inline float sum_of(const float *row)
{
    float part[PIECE];
    for (int i = 0; i < PIECE; i++)
        part[i] = row[i];
    for (int from = PIECE; from < WIDTH; from += PIECE)
        for (int i = 0; i < PIECE; i++)
            part[i] += row[from + i];
    for (int half = PIECE / 2; half; half /= 2)
        for (int i = 0; i < half; i++)
            part[i] += part[i + half];
    return part[0];
}

/* Layer normalisation: the row with mean 0 and variance 1, times the gain, plus the bias. */
static inline void normalise(float *row, const float *gain, const float *bias)
{
    float square[WIDTH], mean = sum_of(row) / WIDTH;
    for (int i = 0; i < WIDTH; i++) {
        row[i] -= mean;
        square[i] = row[i] * row[i];
    }
    float scale = 1.0f / sqrtf(sum_of(square) / WIDTH + 1e-8f);
    for (int i = 0; i < WIDTH; i++)
        row[i] = row[i] * scale * gain[i] + bias[i];
}

static inline void largest_piece(const float *pieces, float *out)
{
    for (int i = 0; i < PIECE; i++) {
        float best = pieces[i];
        best = pieces[PIECE + i] > best ? pieces[PIECE + i] : best;
        out[i] = pieces[2 * PIECE + i] > best ? pieces[2 * PIECE + i] : best;
    }
}

/* Maxout of three pieces and layer normalisation; a residual, if there is one, is added. `from` names the rows of
 * input and residual, `to` those of output; without them they are 0, 1, 2 … */
void maxout(int rows, const int32_t *from, const int32_t *to, const float *in, long stride, int terms,
            const float *weights, const float *bias, const float *gain, const float *shift, const float *residual,
            float *out)
{
    float block[ROWS * PANEL], best[ROWS][WIDTH];
    const float *taken[ROWS];
    for (int start = 0; start < rows; start += ROWS) {
        block_of(start, rows, from, in, stride, taken);
        for (int part = 0; part < WIDTH / PIECE; part++) {
            panel(taken, terms, weights + (long)part * PANEL * terms, bias + part * PANEL, block, PANEL);
            for (int row = 0; row < ROWS; row++)
                largest_piece(block + row * PANEL, best[row] + part * PIECE);
        }
        for (int row = start; row < start + ROWS && row < rows; row++) {
            const float *more = residual ? residual + (long)(from ? from[row] : row) * WIDTH : 0;
            float *made = out + (long)(to ? to[row] : row) * WIDTH, *own = best[row - start];
            normalise(own, gain, shift);
            for (int i = 0; i < WIDTH; i++)
                made[i] = more ? more[i] + own[i] : own[i];
        }
    }
}

static inline uint64_t stirred(uint64_t value)
{
    value = (value ^ value >> 33) * 0xff51afd7ed558ccdu;
    value = (value ^ value >> 33) * 0xc4ceb9fe1a85ec53u;
    return value ^ value >> 33;
}

/* The four rows of a table that a number hashes to: MurmurHash3 of 128 bits, in four parts. */
static inline void rows_of(uint64_t number, uint32_t seed, uint32_t rows, uint32_t *found)
{
    uint64_t first = number * 0x87c37b91114253d5u, second = seed ^ 8;
    first = ((first << 31 | first >> 33) * 0x4cf5ad432745937fu ^ second) + second;
    second += first;
    first = stirred(first);
    second = stirred(second);
    first += second;
    second += first;
    found[0] = (uint32_t)first % rows;
    found[1] = (uint32_t)(first >> 32) % rows;
    found[2] = (uint32_t)second % rows;
    found[3] = (uint32_t)(second >> 32) % rows;
}

/* Types of words, each `stride` features -> for each of `count` features the sum of the rows of its table. */
void embed(int types, const uint64_t *features, int stride, int count, const uint32_t *seeds, const uint32_t *rows,
           const float *const *tables, float *out)
{
    for (int type = 0; type < types; type++, features += stride)
        for (int column = 0; column < count; column++, out += WIDTH) {
            uint32_t row[4];
            rows_of(features[column], seeds[column], rows[column], row);
            const float *one = tables[column] + (long)row[0] * WIDTH, *two = tables[column] + (long)row[1] * WIDTH;
            const float *three = tables[column] + (long)row[2] * WIDTH, *four = tables[column] + (long)row[3] * WIDTH;
            for (int i = 0; i < WIDTH; i++)
                out[i] = one[i] + two[i] + three[i] + four[i];
        }
}

/* The first layer looks at three words. What a type of word gives as the left, the middle and the right one
 * is computed once for the type: a row of `seen` holds these three times 288 numbers. */
void first_layer(int rows, const int32_t *types, const float *embedded, const float *seen, const float *bias,
                 const float *gain, const float *shift, float *out)
{
    enum { ALL = 3 * WIDTH };
    for (int row = 0; row < rows; row++) {
        const float *left = seen + (long)(row ? types[row - 1] : 0) * 3 * ALL;
        const float *middle = seen + (long)types[row] * 3 * ALL + ALL;
        const float *right = seen + (long)(row + 1 < rows ? types[row + 1] : 0) * 3 * ALL + 2 * ALL;
        const float *own = embedded + (long)types[row] * WIDTH;
        float pieces[ALL], best[WIDTH];
        for (int i = 0; i < ALL; i++)
            pieces[i] = bias[i] + left[i] + middle[i] + right[i];
        for (int part = 0; part < WIDTH / PIECE; part++)
            largest_piece(pieces + part * PANEL, best + part * PIECE);
        normalise(best, gain, shift);
        for (int i = 0; i < WIDTH; i++)
            out[(long)row * WIDTH + i] = own[i] + best[i];
    }
}

/* The layers of a decoder that look at its state. What a word gives to the hidden layer at each place where it
 * may stand (twice 64 numbers a place) is computed beforehand: a row of `placed`. `nobody` is the row of no word. */
typedef struct {
    int places, width, columns; /* width: of a row of placed; columns: of the weights, a multiple of 48 */
    const float *nobody, *bias, *weights, *weights_bias;
    const int32_t *kind, *label; /* of the action, by class; columns without a class have a kind that is never open */
} Decoder;

enum { MOST_PANELS = 4 };

/* One row times all panels of weights: more sums at a time than `panel` has for one row, in the same order. */
static inline __attribute__((always_inline)) void
one_row(int panels, const float *in, int terms, const float *weights, const float *bias, float *out)
{
    for (int lane = 0; lane < PIECE; lane += LANES) {
        vector sum[MOST_PANELS * 3];
        for (int i = 0; i < 3 * panels; i++)
            sum[i] = load(bias + i * PIECE + lane);
        for (int k = 0; k < terms; k++)
#pragma GCC unroll 12
            for (int i = 0; i < 3 * panels; i++)
                sum[i] = fused(in[k], load(weights + (long)(i / 3 * terms + k) * PANEL + i % 3 * PIECE + lane), sum[i]);
        for (int i = 0; i < 3 * panels; i++)
            store(out + i * PIECE + lane, sum[i]);
    }
}

static inline void score(const Decoder *decoder, const float *placed, const int *words, float *scores)
{
    enum { HALF = HIDDEN / LANES };
    vector sum[2 * HALF];
    float hidden[HIDDEN];
    for (int i = 0; i < 2 * HALF; i++)
        sum[i] = load(decoder->bias + i * LANES);
    for (int place = 0; place < decoder->places; place++) {
        const float *row = words[place] < 0 ? decoder->nobody : placed + (long)words[place] * decoder->width;
        for (int i = 0; i < 2 * HALF; i++)
            sum[i] += load(row + place * 2 * HIDDEN + i * LANES);
    }
    for (int i = 0; i < HALF; i++)
        store(hidden + i * LANES, larger(sum[HALF + i], sum[i]));
    const float *weights = decoder->weights, *bias = decoder->weights_bias;
    switch (decoder->columns / PANEL) {
    case 1: one_row(1, hidden, HIDDEN, weights, bias, scores); break;
    case 2: one_row(2, hidden, HIDDEN, weights, bias, scores); break;
    case 3: one_row(3, hidden, HIDDEN, weights, bias, scores); break;
    default: one_row(4, hidden, HIDDEN, weights, bias, scores);
    }
}

/* The first of the classes with the highest score whose kind is open: a bit each. */
static inline int best_class(const Decoder *decoder, const float *scores, int32_t open)
{
    float allowed[MOST_PANELS * PANEL], most[LANES];
    vector never = (vector){0} - INFINITY, best = never;
    for (int from = 0; from < decoder->columns; from += LANES) {
        whole is_open = -(open >> *(const unaligned_whole *)(decoder->kind + from) & 1);
        vector value = picked(is_open, load(scores + from), never);
        store(allowed + from, value);
        best = larger(value, best);
    }
    store(most, best);
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++)
            most[i] = most[i + half] > most[i] ? most[i + half] : most[i];
    int found = 0;
    while (allowed[found] < most[0])
        found++;
    return found;
}

enum { SHIFT, REDUCE, LEFT, RIGHT, BREAK };

/* One paragraph of n words, by an arc-eager transition system that may also begin sentences.
 * heads: -1 for a root. scratch: 6 n numbers. */
static void parse_one(const Decoder *decoder, int n, const float *placed, int32_t *heads, int32_t *labels,
                      int32_t *scratch)
{
    /* The stack; words put back before the buffer; the last child on either side, and what was last before it. */
    int32_t *stack = scratch, *back = stack + n, *last_left = back + n, *last_right = last_left + n;
    int32_t *before = last_right + n, *flags = before + n;
    enum { PUT_BACK = 1, STARTS = 2 };
    int depth = 0, backed = 0, next = 0;
    float scores[MOST_PANELS * PANEL];
    for (int i = 0; i < n; i++) {
        heads[i] = labels[i] = last_left[i] = last_right[i] = before[i] = -1;
        flags[i] = 0;
    }
    while (depth || backed || next < n) {
        int left = n - next + backed;
        int b0 = backed ? back[backed - 1] : next < n ? next : -1;
        int after = backed > 1 ? back[backed - 2] : next + (backed ? 0 : 1);
        int b1 = after < n ? after : -1;
        int s0 = depth ? stack[depth - 1] : -1;
        int words[8] = {b0, b1, s0, depth > 1 ? stack[depth - 2] : -1, depth > 2 ? stack[depth - 3] : -1,
                        b0 >= 0 ? last_left[b0] : -1, s0 >= 0 ? last_left[s0] : -1, s0 >= 0 ? last_right[s0] : -1};
        int begins = b0 >= 0 && flags[b0] & STARTS;
        int32_t open = 0;
        open |= (!depth || (left >= 2 && !begins && !(flags[b0] & PUT_BACK))) << SHIFT;
        open |= (depth > 0) << REDUCE;
        open |= (depth && left && !begins) * (1 << LEFT | 1 << RIGHT);
        open |= (left >= 2 && b1 == b0 + 1 && !(flags[b1] & STARTS)) << BREAK;
        score(decoder, placed, words, scores);
        int chosen = best_class(decoder, scores, open);
        int kind = decoder->kind[chosen];
        if (kind == LEFT) {
            /* A head that the word got before is replaced: it is the last right child of that head. */
            if (heads[s0] >= 0)
                last_right[heads[s0]] = before[s0];
            heads[s0] = b0;
            labels[s0] = decoder->label[chosen];
            before[s0] = last_left[b0];
            last_left[b0] = s0;
            flags[b0] &= ~PUT_BACK;
            depth--;
        } else if (kind == REDUCE) {
            depth--;
            if (heads[s0] < 0 && depth) {
                flags[s0] |= PUT_BACK;
                back[backed++] = s0;
            }
        } else if (kind == BREAK) {
            flags[b1] |= STARTS;
        } else {
            if (kind == RIGHT) {
                heads[b0] = s0;
                labels[b0] = decoder->label[chosen];
                before[b0] = last_right[s0];
                last_right[s0] = b0;
            }
            if (backed)
                backed--;
            else
                next++;
            stack[depth++] = b0;
        }
    }
}

/* The leftmost and rightmost word below each word. As in the library that trained the weights, the search is
 * repeated while a head lies outside of its sentence, which lifted arcs may cause; eleven times at most. */
static void find_edges(int n, const int32_t *heads, int32_t *first, int32_t *last, int32_t *starts)
{
    for (int i = 0; i < n; i++)
        first[i] = last[i] = i;
    for (int round = 0; round < 12; round++) {
        for (int step = 0; step < 2 * n; step++) {
            int i = step < n ? step : 2 * n - 1 - step, head = heads[i];
            if (first[i] < first[head])
                first[head] = first[i];
            if (last[i] > last[head])
                last[head] = last[i];
        }
        memset(starts, 0, n * sizeof *starts);
        for (int i = 0; i < n; i++)
            if (heads[i] == i)
                starts[first[i]] = 1;
        int inside = 1, start = 0;
        for (int i = 0; i < n && inside; i++) {
            if (!(i && starts[i]) && i != n - 1)
                continue;
            for (int j = start; j < i; j++)
                inside &= heads[j] >= start && heads[j] <= i;
            start = i;
        }
        if (inside)
            break;
    }
}

/* The first word below `head`, breadth first, that hangs by `label`; `head` itself where there is none. */
static int find_new_head(int n, int word, int label, const int32_t *heads, const int32_t *labels,
                         const int32_t *first, const int32_t *last, const int8_t *space, int32_t *queue)
{
    int head = heads[word], count = 1;
    queue[0] = head;
    for (int at = 0; at < count; at++) {
        int parent = queue[at];
        for (int child = first[parent]; child <= last[parent]; child++) {
            if (child == parent || heads[child] != parent || space[child] || child == word)
                continue;
            if (labels[child] == label)
                return child;
            if (count < n)
                queue[count++] = child;
        }
    }
    return head;
}

/* Paragraphs -> heads (a root is its own), labels, and 1 for each word that begins a sentence.
 * A label may say "X, lifted from a head that hangs by Y": plain[] gives X, wanted[] gives Y, or -1.
 * scratch: 6 numbers a word of the longest paragraph. */
void parse(const Decoder *decoder, int paragraphs, const int32_t *lengths, const float *placed, const int8_t *space,
           int root, const int32_t *plain, const int32_t *wanted, int32_t *heads, int32_t *labels, int32_t *starts,
           int32_t *scratch)
{
    for (int paragraph = 0; paragraph < paragraphs; paragraph++) {
        int n = lengths[paragraph], lifted = 0;
        int32_t *first = scratch, *last = scratch + n, *queue = scratch + 2 * n;
        parse_one(decoder, n, placed, heads, labels, scratch);
        for (int i = 0; i < n; i++) {
            if (heads[i] < 0) {
                heads[i] = i;
                labels[i] = root;
            }
            lifted |= wanted[labels[i]] >= 0;
        }
        if (lifted) {
            find_edges(n, heads, first, last, starts);
            for (int i = 0; i < n; i++) {
                int label = labels[i];
                if (wanted[label] < 0)
                    continue;
                heads[i] = find_new_head(n, i, wanted[label], heads, labels, first, last, space, queue);
                labels[i] = plain[label];
            }
        }
        find_edges(n, heads, first, last, starts);
        heads += n, labels += n, starts += n, space += n;
        placed += (long)n * decoder->width;
    }
}

enum { NEVER, BEGIN, IN, LAST_OF, UNIT, OUT };

/* Paragraphs -> the class of the action taken at each word: begins, is in, ends, is an entity, or is out.
 * in_class, last_class: the classes that go on with and end an entity, by its label. */
void find_entities(const Decoder *decoder, int paragraphs, const int32_t *lengths, const float *placed,
                   const int8_t *space, const int32_t *starts, const int32_t *in_class, const int32_t *last_class,
                   int32_t *taken)
{
    float scores[MOST_PANELS * PANEL];
    for (int paragraph = 0; paragraph < paragraphs; paragraph++) {
        int n = lengths[paragraph], open = -1, from = -1;
        for (int i = 0; i < n; i++) {
            int words[3] = {i, open < 0 ? -1 : from, open < 0 ? -1 : i - 1};
            int goes_on = i < n - 1 && starts[i + 1] != 1, chosen;
            score(decoder, placed, words, scores);
            if (open < 0) {
                chosen = best_class(decoder, scores, (goes_on && !space[i]) << BEGIN | !space[i] << UNIT | 1 << OUT);
            } else {
                int in = in_class[open], last = last_class[open];
                int stays = scores[in] > scores[last] || (scores[in] == scores[last] && in < last);
                chosen = goes_on && stays ? in : last;
            }
            taken[i] = chosen;
            if (decoder->kind[chosen] == BEGIN) {
                open = decoder->label[chosen];
                from = i;
            } else if (decoder->kind[chosen] == LAST_OF) {
                open = -1;
            }
        }
        taken += n, starts += n, space += n;
        placed += (long)n * decoder->width;
    }
}

/* spaCy's number for a string: MurmurHash2, the 64-bit variant A, from the seed 1. */
uint64_t hash_text(const unsigned char *text, int length)
{
    const uint64_t factor = 0xc6a4a7935bd1e995u;
    uint64_t hash = 1 ^ (uint64_t)length * factor, rest = 0;
    int at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t part = 0;
        for (int i = 7; i >= 0; i--)
            part = part << 8 | text[at + i];
        part *= factor;
        part ^= part >> 47;
        hash = (hash ^ part * factor) * factor;
    }
    for (int i = length - 1; i >= at; i--)
        rest = rest << 8 | text[i];
    if (at < length)
        hash = (hash ^ rest) * factor;
    hash = (hash ^ hash >> 47) * factor;
    return hash ^ hash >> 47;
}

#if defined(__x86_64__) || defined(__i386__)
/* What this processor can do: 2 with 512-bit vectors, 1 with 256-bit ones, 0 without. */
int level(void)
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        return 2;
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 1 : 0;
}
#else
int level(void) { return 0; }
#endif
