package dev.crmcore.examples;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.value.Money;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the command line says. {@code help.txt} explains each option. */
final class Arguments {

    private static final Set<String> OPTIONS = Set.of(
            "--purchases",
            "--responses",
            "--until",
            "--unit",
            "--currency",
            "--horizon",
            "--discount",
            "--store",
            "--out");
    private static final Map<String, PeriodUnit> UNITS =
            Map.of("day", PeriodUnit.DAY, "week", PeriodUnit.WEEK, "month", PeriodUnit.MONTH);
    private static final Map<PeriodUnit, Integer> A_YEAR =
            Map.of(PeriodUnit.DAY, 365, PeriodUnit.WEEK, 52, PeriodUnit.MONTH, 12);
    private static final Pattern HORIZON = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern RATE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,15})?");

    private final Map<String, String> given;
    private final Optional<Path> purchases;
    private final Optional<Path> responses;
    private final Optional<LocalDate> until;
    private final PeriodUnit unit;
    private final Optional<String> currency;
    private final int horizon;
    private final double discount;
    private final Path out;
    private final StoreLocation store;

    private Arguments(Map<String, String> given) throws InvalidInputException {
        this.given = given;
        this.purchases = find("--purchases", "is no file name", Arguments::file);
        this.responses = find("--responses", "is no file name", Arguments::file);
        this.until = find("--until", "is no day such as 1997-09-30", Arguments::day);
        this.unit =
                find("--unit", "must be day, week or month", Arguments::unit).orElse(PeriodUnit.WEEK);
        this.currency = find(
                "--currency",
                "is no ISO 4217 code such as USD",
                text -> Money.zero(text).currencyCode());
        this.horizon = find("--horizon", "must be a whole number from 1 to 99999", Arguments::horizon)
                .orElseGet(() -> A_YEAR.getOrDefault(unit, 1));
        this.discount = find("--discount", "must be a rate such as 0.002, not negative", Arguments::rate)
                .orElse(0.0);
        this.out = find("--out", "is no directory name", Arguments::file).orElse(Path.of("crm-report"));
        this.store = find("--store", "must be memory, h2:PATH or jdbc:URL", StoreLocation::parse)
                .orElseGet(() -> StoreLocation.h2(out.resolve("crm")));
    }

    /** Reads the command line; each option at most once, each with its value. */
    static Arguments parse(List<String> args) throws InvalidInputException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            String option = args.get(i);
            if (!OPTIONS.contains(option)) {
                throw new InvalidInputException("there is no option " + option + "; --help shows them");
            }
            if (i + 1 == args.size()) {
                throw new InvalidInputException(option + " needs a value; --help shows which");
            }
            if (given.put(option, args.get(i + 1)) != null) {
                throw new InvalidInputException(option + " is given twice");
            }
        }
        return new Arguments(given);
    }

    private <V> Optional<V> find(String option, String expected, Function<String, V> parse)
            throws InvalidInputException {
        String text = given.get(option);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidInputException(option + " " + text + ": " + expected);
        }
    }

    private static Path file(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    }

    private static PeriodUnit unit(String text) {
        return Optional.ofNullable(UNITS.get(text)).orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() < 1 || day.getYear() > 9998) {
            throw new IllegalArgumentException(text);
        }
        return day;
    }

    private static int horizon(String text) {
        return Integer.parseInt(require(HORIZON, text));
    }

    private static double rate(String text) {
        return Double.parseDouble(require(RATE, text));
    }

    private static String require(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    Optional<Path> purchases() {
        return purchases;
    }

    Optional<Path> responses() {
        return responses;
    }

    Optional<LocalDate> until() {
        return until;
    }

    PeriodUnit unit() {
        return unit;
    }

    Optional<String> currency() {
        return currency;
    }

    int horizon() {
        return horizon;
    }

    double discount() {
        return discount;
    }

    Path out() {
        return out;
    }

    StoreLocation store() {
        return store;
    }
}
