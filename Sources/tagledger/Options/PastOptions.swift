import APITypes
import ArgumentParser
import Client
import Glibc

/// The moment that a command is to look at.
struct PastOptions: ParsableArguments {
  @Option(
    help: .said(
      en: "As it was then: a time, a day as at its end, or the number of an event.",
      pt: "Como era então: uma hora, um dia como estava ao terminar, ou o número de um evento.",
      fr:
        "Tel que c’était alors : une heure, un jour tel qu’à sa fin, ou le numéro d’un événement.",
      valueName: "moment"))
  var asOf: String?

  /// The number of the last event that counts; nil for now. Says which moment that is.
  func seq(in session: Session) async throws -> String? {
    guard let asOf else { return nil }
    let moment = try await session.moment(asOf, .end)
    if session.format == .text, !session.quiet { session.remark(session.words.asOf(moment)) }
    return String(moment.seq)
  }
}

extension Session {
  /// The moment in the log that a person means.
  func moment(_ text: String, _ edge: HumanDate.Edge) async throws -> PastMoment {
    let moment = Int64(text) == nil ? try writtenTime(text, edge) : text
    return try await client.get(Paths.query(Paths.moment, ["as_of": moment]))
  }

  /// The time that a person means, as RFC 3339.
  func writtenTime(_ text: String, _ edge: HumanDate.Edge) throws -> String {
    let date = HumanDate(now: LocalTime(seconds: Glibc.time(nil)), language: words.language)
    guard let time = date.read(text, edge) else { throw Failure.dateUnreadable(text) }
    return time.rfc3339
  }
}
