package dev.crmcore.examples;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a purchase log and survey answers into a store, and says what the customers are worth and what they think. {@code
 * --help} explains it.
 */
public final class QuickStart {

    /** All went well. */
    public static final int DONE = 0;

    /** The store or the disk failed, or a file changed after it was looked through. */
    public static final int FAILED = 1;

    /** The arguments or the files are not right; nothing was changed. */
    public static final int INVALID_INPUT = 2;

    private static final Pattern PASSWORD = Pattern.compile("(?i)(password|pwd)=[^&;\\s]*");
    private static final TenantId TENANT = TenantId.of("quickstart");

    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable PrintStream terminal;

    private QuickStart(PrintStream out, PrintStream err, @Nullable PrintStream terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Runs the quick start and ends the program with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintStream terminal = ProgressBar.isTerminal() ? System.err : null;
        System.exit(new QuickStart(System.out, System.err, terminal).run(List.of(args)));
    }

    /**
     * Runs the quick start without a progress bar.
     *
     * @param args the command line
     * @param out where the summary goes
     * @param err where messages go
     * @return the exit code
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        return new QuickStart(out, err, null).run(args);
    }

    private int run(List<String> args) {
        try {
            if (args.contains("--help") || args.contains("-h")) {
                out.print(help());
                return DONE;
            }
            report(Arguments.parse(args));
            return DONE;
        } catch (InvalidInputException e) {
            err.println(e.getMessage());
            err.println("Nothing was imported or written.");
            return INVALID_INPUT;
        } catch (IOException | RuntimeException e) {
            err.println("The quick start failed: " + reasons(e));
            return FAILED;
        }
    }

    private void report(Arguments arguments) throws InvalidInputException, IOException {
        try (Inputs inputs = Inputs.of(arguments, terminal)) {
            Inputs.Facts facts = inputs.check();
            try (StoreLocation.OpenCrm opened = arguments.store().open()) {
                CrmSession session = session(opened.crm());
                if (opened.used()) {
                    inputs.checkAgainst(session);
                }
                List<Inputs.Imported> imported = inputs.importInto(session);
                Report report = Report.read(session, arguments, facts);
                Map<String, String> files = new LinkedHashMap<>();
                files.put("customers.csv", CustomersCsv.of(report));
                files.put("kpis.json", KpiJson.of(report));
                OutputFiles.write(arguments.out(), files);
                out.print(Summary.of(arguments, imported, report));
            }
        }
    }

    static CrmSession session(Crm crm) {
        return crm.session(TENANT, CallContext.of("quickstart", "report on files"));
    }

    private static String help() throws IOException {
        try (InputStream text = Objects.requireNonNull(QuickStart.class.getResourceAsStream("help.txt"), "help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What failed and what led to it, in one line; a driver may quote the whole URL, so passwords are left out. */
    private static String reasons(Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String reason = each instanceof IOException
                    ? each.getClass().getSimpleName() + " " + each.getMessage()
                    : String.valueOf(each.getMessage());
            if (reasons.indexOf(reason) < 0) {
                reasons.append(reasons.length() == 0 ? "" : ": ").append(reason.replaceAll("\\s+", " "));
            }
        }
        return PASSWORD.matcher(reasons).replaceAll("$1=...");
    }
}
