package dev.crmcore.scenario;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * All scenarios over one kind of store. The tests of a store extend it and say how one is opened; there is one instance
 * of the class for all its scenarios.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreScenarios {

    /**
     * Opens an empty store.
     *
     * @param catalog the types that it keeps
     * @return the store, closed after the scenario
     */
    protected abstract CrmStore open(EntityCatalog catalog);

    @Nested
    class Customers extends CustomerScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Organizations extends OrganizationScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Attributes extends AttributeScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Interactions extends InteractionScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Timelines extends TimelineScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Purchases extends PurchaseScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Feedback extends FeedbackScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Invitations extends InvitationScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Incentives extends IncentiveScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class FollowUps extends FollowUpScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class Reviews extends ReviewScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class CustomerImports extends CustomerImportScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class InteractionImports extends InteractionImportScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class PurchaseImports extends PurchaseImportScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }

    @Nested
    class ResponseImports extends ResponseImportScenario {
        @Override
        protected CrmStore open(EntityCatalog catalog) {
            return StoreScenarios.this.open(catalog);
        }
    }
}
