package dev.crmcore.jdbc;

import java.util.ArrayList;
import java.util.List;

/** Splits a script at the semicolons that end statements: not those in quotes, in dollar quotes and in comments. */
final class StatementSplitter {

    private final String script;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int position;

    private StatementSplitter(String script) {
        this.script = script;
    }

    static List<String> split(String script) {
        return new StatementSplitter(script).run();
    }

    private List<String> run() {
        while (position < script.length()) {
            char c = script.charAt(position);
            if (script.startsWith("--", position)) {
                position = end(script.indexOf('\n', position), 0);
            } else if (script.startsWith("/*", position)) {
                skipBlockComment();
            } else if (c == '\'' || c == '"') {
                take(end(script.indexOf(c, position + 1), 1));
            } else if (c == '$' && !afterWord()) {
                takeDollarQuoted();
            } else if (c == ';') {
                finish();
                position++;
            } else {
                take(position + 1);
            }
        }
        finish();
        return List.copyOf(statements);
    }

    /** A doubled quote ends one text and begins the next, which comes to the same. */
    private void take(int end) {
        statement.append(script, position, end);
        position = end;
    }

    private int end(int index, int length) {
        return index < 0 ? script.length() : index + length;
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (script.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (script.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < script.length());
        statement.append(' ');
    }

    private boolean afterWord() {
        return position > 0
                && (Character.isLetterOrDigit(script.charAt(position - 1)) || script.charAt(position - 1) == '_');
    }

    private void takeDollarQuoted() {
        int close = script.indexOf('$', position + 1);
        String tag = close < 0 ? "" : script.substring(position + 1, close);
        if (close < 0 || !tag.matches("([A-Za-z_][A-Za-z0-9_]*)?")) {
            take(position + 1);
            return;
        }
        String quote = "$" + tag + "$";
        take(end(script.indexOf(quote, close + 1), quote.length()));
    }

    private void finish() {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }
}
