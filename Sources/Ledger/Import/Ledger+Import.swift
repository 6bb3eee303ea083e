import Domain

extension Ledger {
  func takeFile(_ handle: Jobs.Handle) async throws(Problem) {
    throw .jobNotResumable(handle.id)
  }
}
