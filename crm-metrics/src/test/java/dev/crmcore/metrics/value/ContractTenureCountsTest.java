package dev.crmcore.metrics.value;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.PeriodUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ContractTenureCountsTest implements AccumulatorLaws<ContractTenure, ContractTenureCounts, ContractTenures> {

    @Override
    public AccumulatorType<ContractTenure, ContractTenureCounts, ContractTenures> type() {
        return ContractTenureCounts.in(PeriodUnit.YEAR);
    }

    @Override
    public AccumulatorType<ContractTenure, ContractTenureCounts, ContractTenures> otherVariant() {
        return ContractTenureCounts.in(PeriodUnit.MONTH);
    }

    @Override
    public List<ContractTenure> items(Random random, int size) {
        List<ContractTenure> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(
                    random.nextBoolean()
                            ? ContractTenure.leftAfter(1 + random.nextInt(4))
                            : ContractTenure.stillThereAfter(random.nextInt(5)));
        }
        return items;
    }

    @Override
    public List<ContractTenure> badItems() {
        return List.of();
    }
}
