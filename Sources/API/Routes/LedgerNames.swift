package import Ledger

// The wire has a job and a receipt too; a module that has a type of its own name cannot qualify its
// others, so they get names here, in a file that does not see the wire's.
package typealias LedgerJob = Job
package typealias LedgerReceipt = Receipt
