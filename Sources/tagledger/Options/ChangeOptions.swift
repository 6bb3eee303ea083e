import ArgumentParser

/// What every command takes that changes something.
struct ChangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why; it stands in the change log.", valueName: "text"))
  var reason: String?

  @Flag(help: "Only tell what would happen.")
  var dryRun = false

  /// As the bodies of requests have it: absent means no.
  var dryRunField: Bool? { dryRun ? true : nil }
}

/// What commands take that cannot be taken back with one other command.
struct ConfirmOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Do it without asking.")
  var yes = false
}

/// How much of a list.
struct LimitOptions: ParsableArguments {
  @Option(
    name: [.customShort("l", allowingJoined: true), .long], parsing: .unconditional,
    help: ArgumentHelp("At most so many.", valueName: "number"))
  var limit: Int?

  @Flag(help: "All of them, however many.")
  var all = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit has to be 1 or more.") }
    if limit != nil && all { throw ValidationError("--limit and --all exclude each other.") }
  }

  /// Nil for all.
  func limit(default standard: Int?) -> Int? {
    all ? nil : limit ?? standard
  }
}
