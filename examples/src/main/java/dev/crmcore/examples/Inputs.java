package dev.crmcore.examples;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.exchange.ImportFormatException;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.ImportPlan;
import dev.crmcore.exchange.ImportReport;
import dev.crmcore.exchange.PurchaseImport;
import dev.crmcore.exchange.Reject;
import dev.crmcore.exchange.ResponseImport;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.Survey;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run: looked through first, then brought into a store. A file with a bad row is not brought in at all, and
 * neither is the other one.
 */
final class Inputs implements AutoCloseable {

    /** The system that the ids of the customers are of. */
    static final String SOURCE = "file";

    /** The currency of rows that name none, where the arguments name none either. */
    static final String DEFAULT_CURRENCY = "USD";

    private static final int SHOWN_REJECTS = 20;
    private static final int BATCH = 2_000;

    private final Optional<InputFile> purchases;
    private final Optional<InputFile> responses;
    private final ImportPlan purchasePlan;
    private final ImportPlan responsePlan = ResponseImport.from(SOURCE).createMissingCustomers();
    private final Optional<String> askedCurrency;
    private final @Nullable PrintStream terminal;

    /** What the check learnt about the purchases: the one currency of the report, and the last day on which one was made. */
    record Facts(String currency, Optional<LocalDate> lastDay) {}

    /** What became of a file. */
    record Imported(String file, ImportReport report) {}

    private Inputs(
            Optional<InputFile> purchases,
            Optional<InputFile> responses,
            Optional<String> currency,
            @Nullable PrintStream terminal) {
        this.purchases = purchases;
        this.responses = responses;
        this.askedCurrency = currency;
        this.purchasePlan = PurchaseImport.from(SOURCE)
                .currency(currency.orElse(DEFAULT_CURRENCY))
                .createMissingCustomers();
        this.terminal = terminal;
    }

    /** The files that the arguments name; those that come with the quick start where they name none. */
    static Inputs of(Arguments arguments, @Nullable PrintStream terminal) throws InvalidInputException, IOException {
        Optional<InputFile> purchases = Optional.empty();
        Optional<InputFile> responses = Optional.empty();
        if (arguments.purchases().isEmpty() && arguments.responses().isEmpty()) {
            purchases = Optional.of(InputFile.bundled("cdnow_sample.csv"));
            responses = Optional.of(InputFile.bundled("survey_responses.csv"));
        }
        if (arguments.purchases().isPresent()) {
            purchases = Optional.of(InputFile.of(arguments.purchases().get()));
        }
        if (arguments.responses().isPresent()) {
            responses = Optional.of(InputFile.of(arguments.responses().get()));
        }
        return new Inputs(purchases, responses, arguments.currency(), terminal);
    }

    /** Looks every row through, on a store in memory that keeps nothing, so that the real one is not even opened. */
    Facts check() throws InvalidInputException {
        Optional<PurchaseFacts> facts = purchases.map(file -> new PurchaseFacts(file.rows()));
        try (Crm scratch = Crm.inMemory()) {
            CrmSession session = QuickStart.session(scratch);
            defineSurveys(session);
            rehearse(session, facts);
        }
        List<String> currencies = facts.map(PurchaseFacts::currencies).orElse(List.of());
        if (askedCurrency.isEmpty() && currencies.size() > 1) {
            throw new InvalidInputException("the purchases are in " + String.join(", ", currencies)
                    + ": amounts of several currencies are never added, so say with --currency which to report on");
        }
        String named = currencies.isEmpty() ? DEFAULT_CURRENCY : currencies.get(0);
        return new Facts(askedCurrency.orElse(named), facts.flatMap(PurchaseFacts::lastDay));
    }

    /** Looks whether the rows agree with what is recorded from before; whatever that writes is taken back. */
    void checkAgainst(CrmSession session) throws InvalidInputException {
        List<InvalidInputException> found = new ArrayList<>();
        try {
            session.transact(tx -> {
                try {
                    defineSurveys(tx);
                    rehearse(tx, Optional.empty());
                } catch (InvalidInputException e) {
                    found.add(e);
                }
                throw new TakenBack();
            });
        } catch (TakenBack e) {
            // nothing of the rehearsal is kept
        }
        if (!found.isEmpty()) {
            throw found.get(0);
        }
    }

    private void rehearse(CrmSession session, Optional<PurchaseFacts> facts) throws InvalidInputException {
        List<String> faults = new ArrayList<>();
        if (purchases.isPresent()) {
            RowSource rows = facts.<RowSource>map(each -> each).orElseGet(purchases.get()::rows);
            rehearse(session, purchasePlan, purchases.get(), rows, faults);
        }
        if (responses.isPresent()) {
            rehearse(session, responsePlan, responses.get(), responses.get().rows(), faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults);
        }
    }

    private void rehearse(CrmSession session, ImportPlan plan, InputFile file, RowSource rows, List<String> faults) {
        try {
            ImportOptions options = ImportOptions.dryRun().withBatchSize(BATCH).withKeptRejects(SHOWN_REJECTS);
            ImportReport report = run(session, plan, file, rows, "Checking", options);
            for (Reject reject : report.rejects()) {
                faults.add(file.name() + ": " + reject.describe());
            }
            if (report.invalid() > report.rejects().size()) {
                faults.add(file.name() + ": "
                        + (report.invalid() - report.rejects().size()) + " more bad rows");
            }
        } catch (ImportFormatException e) {
            faults.add(file.name() + ": " + e.getMessage());
        }
    }

    /** Brings the files into the store. */
    List<Imported> importInto(CrmSession session) {
        session.transact(Inputs::defineSurveys);
        List<Imported> imported = new ArrayList<>();
        if (purchases.isPresent()) {
            imported.add(imported(session, purchasePlan, purchases.get()));
        }
        if (responses.isPresent()) {
            imported.add(imported(session, responsePlan, responses.get()));
        }
        return imported;
    }

    private Imported imported(CrmSession session, ImportPlan plan, InputFile file) {
        ImportReport report = run(
                session,
                plan,
                file,
                file.rows(),
                "Importing",
                ImportOptions.defaults().withBatchSize(BATCH));
        if (report.invalid() > 0) {
            throw new IllegalStateException(file.name() + " was changed after it had been looked through: "
                    + report.rejects().get(0).describe());
        }
        return new Imported(file.name(), report);
    }

    private ImportReport run(
            CrmSession session, ImportPlan plan, InputFile file, RowSource rows, String verb, ImportOptions options) {
        if (terminal == null) {
            return session.imports().run(plan, rows, options);
        }
        ProgressBar bar = new ProgressBar(terminal, verb + " " + file.name());
        try {
            return session.imports().run(plan, rows, options.withProgress(bar));
        } finally {
            bar.clear();
        }
    }

    /** The three surveys that a file of answers can name. */
    private static void defineSurveys(CrmSession session) {
        define(session, "nps", key -> Survey.nps(key, "How likely are you to recommend us to a friend?"));
        define(session, "csat", key -> Survey.csat(key, "How satisfied are you with your purchase?"));
        define(session, "ces", key -> Survey.ces(key, "The shop made it easy for me to handle my issue."));
    }

    private static void define(CrmSession session, String key, Function<String, Survey.Draft> draft) {
        Feedback feedback = session.feedback();
        if (feedback.find(key).isEmpty()) {
            feedback.publish(feedback.define(draft.apply(key)).id());
        }
    }

    @Override
    public void close() throws IOException {
        if (purchases.isPresent()) {
            purchases.get().close();
        }
        if (responses.isPresent()) {
            responses.get().close();
        }
    }

    /** Ends a transaction so that nothing of it remains. */
    private static final class TakenBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TakenBack() {
            super("taken back", null, false, false);
        }
    }
}
