import APITypes
import Client

extension Client {
  /// Deletes, with the reason and the dry run in the query.
  func delete<Answer: Decodable>(
    _ path: String, _ change: ChangeOptions
  ) async throws(ClientError) -> Answer {
    let target = Paths.query(
      path, ["reason": change.reason, "dry_run": change.dryRun ? "true" : nil])
    return try Self.decode(
      try await send(Request(.delete, target, headers: [("Accept", MediaType.json)])).1)
  }
}
