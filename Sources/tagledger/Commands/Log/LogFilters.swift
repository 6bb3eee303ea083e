import APITypes
import ArgumentParser
import Client
import Glibc

/// Which changes.
struct LogFilters: ParsableArguments {
  @Option(
    help: .said(
      en: "By this operator, or as uid:1000; me stands for you.",
      pt: "Por este operador, ou na forma uid:1000; me indica você.",
      fr: "Par cet opérateur, ou sous la forme uid:1000 ; me vous désigne.",
      valueName: "actor"))
  var actor: String?

  @Option(
    help: .said(
      en: "Of this tag, also of one that is deleted.",
      pt: "Desta etiqueta, mesmo que excluída.",
      fr: "De cette étiquette, même supprimée.",
      valueName: "tag"),
    completion: tagCompletion)
  var tag: String?

  @Option(
    help: .said(
      en: "Of this customer.",
      pt: "Deste cliente.",
      fr: "De ce client.",
      valueName: "customer"))
  var customer: String?

  @Option(
    help: .said(
      en: "Of this type, such as tag.applied.",
      pt: "Deste tipo, como tag.applied.",
      fr: "De ce type, comme tag.applied.",
      valueName: "type"),
    completion: .list(changeTypes))
  var type: String?

  @Option(
    help: .said(
      en: "From then on.",
      pt: "A partir desse momento.",
      fr: "À partir de ce moment.",
      valueName: "time"))
  var since: String?

  @Option(
    help: .said(
      en: "Up to then; a day counts whole.",
      pt: "Até esse momento; um dia conta inteiro.",
      fr: "Jusqu’à ce moment ; un jour compte en entier.",
      valueName: "time"))
  var until: String?

  @Option(
    help: .said(
      en: "Made by one command.",
      pt: "Feitas por um só comando.",
      fr: "Faits par une seule commande.",
      valueName: "uuid"))
  var command: String?

  @Option(
    help: .said(
      en: "With these words in reason or texts.",
      pt: "Com estas palavras no motivo ou nos textos.",
      fr: "Avec ces mots dans le motif ou les textes.",
      valueName: "text"))
  var words: String?

  /// Finds what is named, reads the times, and returns the query's parameters.
  func query(in session: Session) async throws -> LogQuery {
    var tagID: Int32?
    if let tag { tagID = try await session.finder.pastTag(tag) }
    var customerID: Int32?
    if let customer { customerID = try await session.finder.customer(customer).id }
    var actor = actor
    if actor == "me" {
      let me: Me = try await session.client.get(Paths.me)
      actor = me.actor
    }
    return LogQuery(
      pairs: [
        ("actor", actor), ("tag", tagID.map(String.init)),
        ("customer", customerID.map(String.init)),
        ("type", type), ("since", try time(since, .start, session.words.language)),
        ("until", try time(until, .end, session.words.language)), ("command", command),
        ("words", words),
      ])
  }

  private func time(
    _ text: String?, _ edge: HumanDate.Edge, _ language: Language
  ) throws(Failure) -> String? {
    guard let text else { return nil }
    let date = HumanDate(now: LocalTime(seconds: Glibc.time(nil)), language: language)
    guard let time = date.read(text, edge) else { throw .dateUnreadable(text) }
    return time.rfc3339
  }
}

/// Types of events, for completion; the daemon knows which there are.
private let changeTypes = [
  "tag.created", "tag.renamed", "tag.recolored", "tag.revised", "tag.merged", "tag.archived",
  "tag.restored", "tag.deleted", "tag.applied", "tag.removed", "tag.detailed", "history.reopened",
  "customer.registered", "customer.revised", "customer.merged",
]

/// The filter of the change log as the query of a request.
struct LogQuery: Sendable {
  let pairs: [(name: String, value: String?)]

  func target(_ path: String, _ more: [(name: String, value: String?)]) -> String {
    var target = path
    for (name, value) in pairs + more {
      guard let value else { continue }
      target += "\(target == path ? "?" : "&")\(name)=\(Paths.segment(value))"
    }
    return target
  }

  func target(_ path: String, _ more: KeyValuePairs<String, String?>) -> String {
    target(path, more.map { ($0.key, $0.value) })
  }
}
