package dev.crmcore.store.tck;

import dev.crmcore.store.EntityCatalog;
import java.util.List;

/**
 * The types that the kit keeps in a store: every kind of field, names that SQL reserves, unique keys over fields and over
 * elements, references on records and in elements, a body of a second schema, an append-only ledger and claimable work.
 *
 * <p>An adapter generates the tables of these types for its tests as it does for any other type.
 */
public final class KitTypes {

    /** The types of the kit: {@code member}, {@code account}, {@code redemption}, {@code task}, {@code order} and {@code proof}. */
    public static final EntityCatalog CATALOG =
            EntityCatalog.of(List.of(Member.TYPE, Account.TYPE, Redemption.TYPE, Task.TYPE, Sale.TYPE, Proof.TYPE));

    /** As an older version of the application would have declared them: the same tables, older bodies. */
    static final EntityCatalog FORMER_CATALOG = EntityCatalog.of(
            List.of(Member.FORMER_TYPE, Account.TYPE, Redemption.TYPE, Task.TYPE, Sale.TYPE, Proof.TYPE));

    private KitTypes() {}
}
