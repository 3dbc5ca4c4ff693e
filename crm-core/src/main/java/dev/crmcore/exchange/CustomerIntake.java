package dev.crmcore.exchange;

import dev.crmcore.value.ExternalId;
import dev.crmcore.work.Work;
import java.util.ArrayList;
import java.util.List;

/** Takes the rows of one file of customers. */
final class CustomerIntake implements ImportPlan.Intake {

    private final CustomerImport plan;
    private final RowIds ids = new RowIds();
    private final People people = new People();
    private final List<CustomerRow> rows = new ArrayList<>();

    CustomerIntake(CustomerImport plan) {
        this.plan = plan;
    }

    @Override
    public void take(Row row, Tally tally) {
        CustomerRow said = CustomerRow.read(row, plan);
        if (said.id().isPresent() || said.email().isPresent() || said.phone().isPresent()) {
            rows.add(said);
        } else if (said.saysNothing()) {
            throw new RowReading.RejectedRow(new Reject(row.line(), "", "", "says nothing of a customer"));
        } else {
            rows.add(said.withId(ExternalId.of(plan.source(), ids.byContent(ids.content(said.content())))));
        }
    }

    @Override
    public int pending() {
        return rows.size();
    }

    @Override
    public void end(Tally tally) {
        // a row never waits for the next one
    }

    @Override
    public void write(Work work, Tally tally) {
        CustomerBatch batch = new CustomerBatch(plan, people, work, rows);
        for (CustomerRow row : rows) {
            try {
                batch.place(row, tally);
            } catch (RowReading.RejectedRow e) {
                tally.reject(e.reject());
            }
        }
        batch.keep();
    }

    @Override
    public void clear() {
        rows.clear();
    }
}
