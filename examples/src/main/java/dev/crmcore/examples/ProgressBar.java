package dev.crmcore.examples;

import dev.crmcore.exchange.ImportProgress;
import java.io.PrintStream;
import java.util.Locale;

/** Shows on one line of a terminal how far an import is. */
final class ProgressBar implements ImportProgress.Listener {

    private static final int WIDTH = 30;

    private final PrintStream terminal;
    private final String what;

    ProgressBar(PrintStream terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    /** Whether somebody sits before the program: not where its output goes to a file or another program. */
    @SuppressWarnings("SystemConsoleNull") // null without a terminal, which the property keeps so from JDK 22 on
    static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    @Override
    public void on(ImportProgress progress) {
        double share = progress.share().orElse(0);
        int done = (int) (share * WIDTH);
        terminal.printf(
                Locale.ROOT,
                "\r%s [%s%s] %3.0f %%, %,d rows",
                what,
                "#".repeat(done),
                "-".repeat(WIDTH - done),
                share * 100,
                progress.rows());
        terminal.flush();
    }

    /** Takes the line away. */
    void clear() {
        terminal.print("\r" + " ".repeat(what.length() + WIDTH + 30) + "\r");
        terminal.flush();
    }
}
