/**
 * Files in: customers, purchases, interactions and survey answers from CSV and JSON Lines.
 *
 * <p>An import streams: whatever the size of the file, it holds one batch of rows and fingerprints of those that it has
 * seen. Every row is accounted for, {@code read = created + updated + unchanged + duplicate + invalid}, and each rejected
 * one is named with line, column, value and reason. Importing the same file again changes nothing.
 *
 * <pre>{@code
 * PurchaseImport plan = PurchaseImport.from("shop")            // the system whose customer and order ids these are
 *         .currency("USD")
 *         .column(PurchaseImport.AMOUNT, "dollar_value")       // where the file calls a column otherwise
 *         .createMissingCustomers();
 * ImportReport check = desk.imports().run(plan, RowSource.csv(file), ImportOptions.dryRun());
 * if (check.invalid() == 0) {
 *     ImportReport report = desk.imports().run(plan, RowSource.csv(file), ImportOptions.defaults());
 * }
 * }</pre>
 *
 * <p>White space round a cell is no part of it, quoted or not, and a cell with nothing else is an absent one.
 *
 * <p><b>Who a row is.</b> A row with an id of its own is known by it. A row without one is known by its content and by how
 * many equal rows stood before it in the file: two equal rows are two purchases, and both are known again when the file
 * comes once more. Customers are known by their e-mail address or phone number too: {@link
 * dev.crmcore.exchange.CustomerImport}.
 *
 * <p><b>What stops an import.</b> A bad row is rejected and the others are taken. A file that is not UTF-8, has a quote that
 * is never closed, or lacks a column that every row needs is refused with an {@link
 * dev.crmcore.exchange.ImportFormatException} that names the line. A store that fails stops the import too. In either case
 * the batches before stand, and the next import of the file goes on from there.
 */
@NullMarked
package dev.crmcore.exchange;

import org.jspecify.annotations.NullMarked;
