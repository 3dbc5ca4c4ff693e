package dev.crmcore.store.memory;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Iterators of iterators that look no further ahead than one entry, so that a page that is full ends the walk. */
final class Walks {

    private Walks() {}

    /** An iterator that knows how to look for the next entry. */
    abstract static class Ahead<V> implements Iterator<V> {

        private @Nullable V next;

        /** Looks for the next one; null at the end. */
        abstract @Nullable V seek();

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = seek();
            }
            return next != null;
        }

        @Override
        public V next() {
            V found = next != null ? next : seek();
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return found;
        }
    }

    static <V> Iterator<V> filter(Iterator<V> all, Predicate<? super V> wanted) {
        return new Ahead<>() {
            @Override
            @Nullable
            V seek() {
                while (all.hasNext()) {
                    V value = all.next();
                    if (wanted.test(value)) {
                        return value;
                    }
                }
                return null;
            }
        };
    }

    static <V> Iterator<V> takeWhile(Iterator<V> all, Predicate<? super V> wanted) {
        return new Ahead<>() {
            private boolean ended;

            @Override
            @Nullable
            V seek() {
                V value = !ended && all.hasNext() ? all.next() : null;
                ended = value == null || !wanted.test(value);
                return ended ? null : value;
            }
        };
    }

    /** One path after the other, each opened when the one before has ended. */
    static <T> Iterator<Entry<T>> along(List<? extends AccessPath<T>> paths, Table<T> table) {
        return new Ahead<>() {
            private final Iterator<? extends AccessPath<T>> rest = paths.iterator();
            private Iterator<Entry<T>> current = Collections.emptyIterator();

            @Override
            @Nullable
            Entry<T> seek() {
                while (!current.hasNext() && rest.hasNext()) {
                    current = rest.next().in(table);
                }
                return current.hasNext() ? current.next() : null;
            }
        };
    }

    static <V> Iterator<V> concat(Iterator<V> first, Iterator<V> second) {
        return new Ahead<>() {
            @Override
            @Nullable
            V seek() {
                return first.hasNext() ? first.next() : second.hasNext() ? second.next() : null;
            }
        };
    }

    /** Two walks that are each in an order, as one in this order. */
    static <V> Iterator<V> merge(Iterator<V> first, Iterator<V> second, Comparator<? super V> order) {
        return new Ahead<>() {
            private @Nullable V a;
            private @Nullable V b;

            @Override
            @Nullable
            V seek() {
                a = a == null && first.hasNext() ? first.next() : a;
                b = b == null && second.hasNext() ? second.next() : b;
                boolean takesB = a == null || (b != null && order.compare(a, b) > 0);
                V least = takesB ? b : a;
                if (takesB) {
                    b = null;
                } else {
                    a = null;
                }
                return least;
            }
        };
    }
}
