import Foundation

/// Says what is going on, apart from the table.
func note(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Measures what the ledger does against what this machine can do, and prints one table.
@main
struct Bench {
  let options: Options
  let scratch: String
  var table = Table()

  static func main() {
    // A daemon that hangs up is a failure to tell of, not a signal to die from.
    signal(SIGPIPE, SIG_IGN)
    let scratch = NSTemporaryDirectory() + "tagledger-bench-\(getpid())"
    var bench = Bench(options: Options(CommandLine.arguments), scratch: scratch)
    do {
      try bench.run()
      try? FileManager.default.removeItem(atPath: scratch)
      print(bench.table.text)
    } catch {
      try? FileManager.default.removeItem(atPath: scratch)
      note("bench: \(error)")
      exit(1)
    }
  }

  private mutating func run() throws {
    let small = options.works.intersection([
      .commands, .authorising, .single, .bulk, .orders, .merge,
    ])
    if !small.isEmpty { try measureWriting(small) }
    if options.works.contains(.sealing) {
      try Sealing(directory: scratch + "/sealing", rounds: options.rounds).measure(&table)
    }
    if options.works.contains(.start) { try measureStart() }
    if options.works.contains(.rules) { try measureRules() }
    if options.works.contains(.scoring) {
      Scoring(customers: options.customers, rounds: options.rounds).measure(&table)
    }
    let large = options.works.intersection([.rebuild, .pages, .past])
    if !large.isEmpty { try measureReading(large) }
    if options.works.contains(.filters) {
      note("customers with tags and orders, to hold filters against")
      try Filtering(customers: options.customers, rounds: options.rounds).measure(&table)
    }
    let proving = options.works.intersection([.receipts, .verify])
    if !proving.isEmpty { try measureProving(proving) }
  }

  /// What changes the ledger, on one of a middling size.
  private mutating func measureWriting(_ works: Set<Options.Work>) throws {
    let set = DataSet(
      directory: scratch + "/writing", customers: 200_000, memberships: 1_000_000,
      hasPersons: false)
    note("writing a ledger of \(set.customers) customers, \(set.memberships) memberships")
    try set.write()
    let daemon = try Daemon(options.daemon, on: set.directory)
    defer { daemon.stop() }
    var writing = Writing(daemon: daemon, set: set, rounds: options.rounds)
    try writing.prepare()
    if works.contains(.commands) { try writing.commands(&table) }
    if works.contains(.authorising) { try writing.authorising(&table) }
    if works.contains(.single) { try writing.single(&table) }
    if works.contains(.bulk) { try writing.bulk(&table) }
    if works.contains(.orders) { try writing.orders(&table) }
    if works.contains(.merge) { try writing.merge(&table) }
  }

  /// Starting on a large ledger, whose customers have names and phones.
  private mutating func measureStart() throws {
    let set = DataSet(
      directory: large + "/start", customers: options.customers,
      memberships: options.memberships, hasPersons: true)
    try reading(set).start(&table)
  }

  /// Rules on a large ledger.
  private mutating func measureRules() throws {
    // It is written to, so that no later run can use it.
    let set = DataSet(
      directory: scratch + "/rules", customers: options.customers,
      memberships: options.memberships, hasPersons: false)
    note("writing a ledger of \(set.customers) customers, \(set.memberships) memberships")
    try set.write()
    let work = RuleWork(set: set)
    let daemon = try Daemon(options.daemon, on: set.directory)
    do {
      defer { daemon.stop() }
      try work.measure(daemon, &table)
    }
    try work.restart(options.daemon, &table)
  }

  /// What reads a long log of tag events.
  private mutating func measureReading(_ works: Set<Options.Work>) throws {
    let set = DataSet(
      directory: large + "/reading", customers: options.events / 9,
      memberships: options.events / 9 * 8, hasPersons: false)
    let reading = try reading(set)
    let daemon = try Daemon(options.daemon, on: set.directory)
    defer { daemon.stop() }
    if works.contains(.pages) { try reading.pages(daemon, &table) }
    if works.contains(.past) { try reading.past(daemon, &table) }
    if works.contains(.rebuild) { try reading.rebuild(daemon, &table) }
  }

  /// What proves a long log, and what checks it.
  private mutating func measureProving(_ works: Set<Options.Work>) throws {
    let set = DataSet(
      directory: large + "/proving", customers: options.proved / 9,
      memberships: options.proved - options.proved / 9 - DataSet.tags, hasPersons: false)
    let rounds = try reading(set).rounds
    let daemon = try Daemon(options.daemon, on: set.directory)
    defer { daemon.stop() }
    let proving = Proving(daemon: daemon, set: set, rounds: rounds)
    if works.contains(.receipts) { try proving.receipts(&table) }
    guard works.contains(.verify) else { return }
    try proving.verify(&table)
    try proving.verifier(&table)
  }

  private var large: String { options.keep ?? scratch }

  /// Writes the ledger, and brings its views up to date once.
  private func reading(_ set: DataSet) throws -> Reading {
    note("writing a ledger of \(set.customers) customers, \(set.memberships) memberships")
    try set.write()
    note("building its views")
    try Daemon(options.daemon, on: set.directory).stop()
    return Reading(program: options.daemon, set: set, rounds: options.rounds)
  }
}
