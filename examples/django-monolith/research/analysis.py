"""The number crunching of a run: pure functions over strings, deliberately in plain Python."""

from collections import Counter

KMER = 5
TOP_KMERS = 5
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")


def gc_share(sequence):
    if not sequence:
        return 0.0
    return round(sum(base in "GC" for base in sequence) / len(sequence), 6)


def reverse_complement(sequence):
    return sequence.translate(COMPLEMENT)[::-1]


def kmers(sequence, size=KMER):
    """K-mers counted with their reverse complement, as sequencing has no strand."""
    counts = Counter()
    for start in range(len(sequence) - size + 1):
        kmer = sequence[start : start + size]
        counts[min(kmer, reverse_complement(kmer))] += 1
    return counts


def n50(lengths):
    half, total = sum(lengths) / 2, 0
    for length in sorted(lengths, reverse=True):
        total += length
        if total >= half:
            return length
    return 0


def alignment_score(left, right, match=2, mismatch=-1, gap=-2):
    """Smith-Waterman, best local score; quadratic on purpose."""
    previous, best = [0] * (len(right) + 1), 0
    for base in left:
        row = [0]
        for column, other in enumerate(right, start=1):
            diagonal = previous[column - 1] + (match if base == other else mismatch)
            score = max(0, diagonal, previous[column] + gap, row[column - 1] + gap)
            row.append(score)
            best = max(best, score)
        previous = row
    return best


def summarize(sequences):
    counts = Counter()
    for sequence in sequences:
        counts.update(kmers(sequence))
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOP_KMERS]
    return {
        "reads": len(sequences),
        "bases": sum(map(len, sequences)),
        "gc": gc_share("".join(sequences)),
        "n50": n50([len(sequence) for sequence in sequences]),
        "top_kmers": [{"kmer": kmer, "count": count} for kmer, count in top],
    }


def parse_fasta(text):
    """(name, sequence) pairs; raises ValueError with the line that is wrong."""
    reads, name, parts = [], None, []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if line.startswith(">"):
            if name is not None:
                reads.append((name, "".join(parts)))
            name, parts = line[1:].split(" ")[0], []
        elif line:
            if name is None or set(line.upper()) - set("ACGTN"):
                raise ValueError(f"line {number} is neither a name nor a sequence")
            parts.append(line.upper())
    if name is not None:
        reads.append((name, "".join(parts)))
    return reads
