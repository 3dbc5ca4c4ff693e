package dev.crmcore.feedback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;

/** Orders that differ between respondents and are the same whenever one respondent comes back. */
final class Shuffle {

    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    private Shuffle() {}

    /** One number for one respondent and one thing to shuffle (FNV-1a of 64 bits over both). */
    static long seed(UUID respondent, String what) {
        long seed = mix(mix(OFFSET, respondent.getMostSignificantBits()), respondent.getLeastSignificantBits());
        for (int i = 0; i < what.length(); i++) {
            seed = (seed ^ what.charAt(i)) * PRIME;
        }
        return seed;
    }

    private static long mix(long seed, long bits) {
        long mixed = seed;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            mixed = (mixed ^ ((bits >>> shift) & 0xff)) * PRIME;
        }
        return mixed;
    }

    /** The same elements, those that are not pinned in an order of chance, the pinned ones where they were. */
    static <E> List<E> of(List<E> elements, Predicate<E> pinned, long seed) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!pinned.test(elements.get(i))) {
                places.add(i);
            }
        }
        List<E> result = new ArrayList<>(elements);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = places.size() - 1; i > 0; i--) {
            Collections.swap(result, places.get(i), places.get(random.nextInt(i + 1)));
        }
        return List.copyOf(result);
    }
}
