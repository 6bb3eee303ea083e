import APITypes
import ArgumentParser
import Client

struct RuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule", abstract: "Let tags follow from what is known of customers.",
    discussion: """
      A rule gives its tag to whoever a filter matches, and takes it from whoever it no longer \
      matches. A tag that somebody takes away by hand stays away until the filter has not matched \
      once; one that somebody gives stays until it has matched once.

      Every change needs --reason, and is told to whoever works with the tag.
      """,
    subcommands: [
      RuleList.self, RuleShow.self, RuleReady.self, RuleAdopt.self, RuleCreate.self,
      RuleRevise.self, RuleEnable.self, RuleDisable.self, RuleRemove.self, RulePreview.self,
    ],
    aliases: ["rules"])
}

/// What becomes of who no longer matches.
struct RuleFields: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "For whom the filter no longer matches: remove or keep the tag.", valueName: "remove|keep"),
    completion: .list(["remove", "keep"]))
  var otherwise: String?

  @Option(
    help: ArgumentHelp("Move whom the filter no longer matches to this tag.", valueName: "tag"),
    completion: tagCompletion)
  var moveTo: String?

  func validate() throws {
    if otherwise != nil, moveTo != nil {
      throw ValidationError("--otherwise and --move-to exclude each other.")
    }
  }

  func fill(_ draft: inout RuleDraft, _ session: Session) async throws {
    draft.otherwise = moveTo == nil ? otherwise : "move"
    if let moveTo { draft.to = try await session.finder.tag(moveTo).id }
  }
}

/// What a ready rule is taken over with.
struct ReadyFields: ParsableArguments {
  @Option(
    help: ArgumentHelp("Names of tags in pt, fr or en.", valueName: "language"),
    completion: .list(["pt", "fr", "en"]))
  var language: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Other thresholds than the guide's.", valueName: "name=value"))
  var parameters: [String] = []

  func fill(_ draft: inout RuleDraft) throws {
    draft.language = language
    if !parameters.isEmpty {
      let pairs = try Pairs.read(parameters, example: "--set days=45")
      draft.parameters = Dictionary(pairs.map { ($0.key, $0.value) }) { $1 }
    }
  }
}

extension Finder {
  /// Finds a rule by id or name.
  func rule(_ text: String) async throws -> RuleDocument {
    let found = try await one(
      .rule, text, id: { try await client.get(Paths.rule($0)) },
      name: { text in
        let page: Page<RuleDocument> = try await client.get(
          Paths.query(Paths.rules, ["name": text, "limit": "1"]))
        return page.items.first
      })
    guard let found else { throw Failure.ruleUnknown(text) }
    return found
  }
}

extension Session {
  func report(_ receipt: RuleReceipt, _ sentence: () -> String) throws {
    try report(receipt, ids: [String(receipt.rule.id)], sentence)
    remark(faults: receipt.rule.faults)
  }

  /// Says why a rule does nothing.
  func remark(faults: [RuleDocument.Fault]) {
    guard format == .text, !quiet else { return }
    for fault in faults { remark(paint("\(words.ruleFaulty). \(fault.sentence)", .warning)) }
  }
}
