package io.twinloom.testkit.contract;

/** All that a hot store has to do; its topics can be run one by one too. */
public interface HotStoreContract
    extends HotPlaceContract,
        HotBatchContract,
        HotRangeContract,
        HotFidelityContract,
        HotConcurrencyContract,
        HotAgingContract,
        HotCopyContract {}
