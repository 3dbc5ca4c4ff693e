/**
 * Files in: customers, purchases, interactions and survey answers from CSV and JSON Lines.
 *
 * <p>An import streams: whatever the size of the file, it holds one batch of rows and one number for each row that it has
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
 * <p><b>Who a row is.</b> A row with an id of its own is known by it. A row without one is known by its content and by how
 * many equal rows stood before it in the file: two equal rows are two purchases, and both are known again when the file
 * comes once more.
 */
@NullMarked
package dev.crmcore.exchange;

import org.jspecify.annotations.NullMarked;
