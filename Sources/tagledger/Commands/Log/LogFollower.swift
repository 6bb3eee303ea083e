import APITypes
import Client

/// Shows changes as they happen.
struct LogFollower {
  let session: Session
  let query: LogQuery

  /// - Parameters:
  ///   - after: the `seq` after which to begin; nil for now.
  ///   - lead: how many of the last changes stand before, when beginning now.
  func follow(after: Int64?, lead: Int) async throws {
    guard session.format != .json else {
      throw Failure.formatUnfit(.json, fitting: [.text, .csv, .ndjson])
    }
    let columns = changeColumns(session.words)
    var listing = Listing(session, columns: columns)
    var last = after
    if last == nil {
      let target = query.target(Paths.changes, ["order": "newest", "limit": String(lead)])
      let page: Page<Change> = try await session.client.get(target)
      if !page.items.isEmpty { listing.add(page.items.reversed()) }
      last = page.position
    }
    try await session.client.follow(
      query.target(Paths.changesFollow, [:] as KeyValuePairs), after: last.map(String.init)
    ) { followed in
      switch followed {
      case .event(let event):
        let change: Change = try Client.decode(Array(event.data.utf8))
        listing.add([change])
      case .lost: session.remark(session.words.connectionLost)
      case .resumed: session.remark(session.words.connectionBack)
      }
      return true
    }
  }
}
