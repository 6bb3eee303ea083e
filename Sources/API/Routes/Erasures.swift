import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  /// Records the erasure and answers at once; what is destroyed, and that it is, the job tells.
  func eraseCustomer(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["reason", "dry_run"])
    let customer = try ledger.state.current(try exchange.customer())
    let dryRun = try body.flag("dry_run")
    let receipt = try await ledger.erase(
      customer, by: exchange.caller, reason: try body.filledText("reason"), dryRun: dryRun,
      key: exchange.keyed?.key)
    var response = try Response(
      receipt.job == nil ? .ok : .accepted,
      json: APITypes.ErasureReceipt(
        seq: receipt.seqs.map { [$0.lowerBound, $0.upperBound] },
        command: receipt.command.description, dryRun: dryRun,
        customers: receipt.customers.map(\.rawValue),
        fields: Dictionary(
          uniqueKeysWithValues: receipt.fields.map { ($0.key.rawValue, $0.value) }),
        events: receipt.events, mentions: receipt.mentions,
        job: receipt.job.map { document(of: $0, in: exchange.language) }))
    if let job = receipt.job { response.headers[.location] = Paths.job(job.id) }
    return response
  }
}
