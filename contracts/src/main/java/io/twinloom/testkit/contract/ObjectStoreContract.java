package io.twinloom.testkit.contract;

/** All that an object store has to do; its topics can be run one by one too. */
public interface ObjectStoreContract
    extends ObjectPlaceContract,
        ObjectKeyContract,
        ObjectListContract,
        ObjectCopyContract,
        ObjectPartsContract {}
