import APITypes
import ArgumentParser
import Client

struct SegmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: said(
      en: "Filters that are kept, with a purpose, an owner and a routine.",
      pt: "Filtros guardados, com finalidade, responsável e rotina.",
      fr: "Des filtres gardés, avec un but, un responsable et une routine."),
    subcommands: [
      SegmentList.self, SegmentShow.self, SegmentCreate.self, SegmentRevise.self,
      SegmentRemove.self, SegmentMembers.self, SegmentReady.self,
    ],
    aliases: ["segments"])
}

/// When the list of a segment falls due, and whose work it is.
struct RoutineOptions: ParsableArguments {
  @Flag(
    help: .said(
      en: "A list every day.",
      pt: "Uma lista por dia.",
      fr: "Une liste chaque jour."))
  var daily = false

  @Option(
    name: .customLong("weekday"), parsing: .upToNextOption,
    help: .said(
      en: "A list on these weekdays: mon tue wed thu fri sat sun.",
      pt: "Uma lista nestes dias da semana: mon tue wed thu fri sat sun.",
      fr: "Une liste ces jours de la semaine : mon tue wed thu fri sat sun.", valueName: "day"))
  var weekdays: [String] = []

  @Option(
    help: .said(
      en: "A list every so many days.",
      pt: "Uma lista a cada tantos dias.",
      fr: "Une liste tous les N jours.", valueName: "number"))
  var days: Int?

  @Option(
    help: .said(
      en: "The day from which they are counted; today, if none.",
      pt: "O dia a partir do qual são contados; senão, hoje.",
      fr: "Le jour à partir duquel on les compte ; sinon aujourd’hui.", valueName: "date"))
  var from: String?

  @Option(
    help: .said(
      en: "The time of day at which it falls due.",
      pt: "A hora do dia em que vence.",
      fr: "L’heure à laquelle elle arrive à échéance.", valueName: "08:00"))
  var at: String = "08:00"

  @Option(help: .timeZone)
  var zone: String?

  @Option(
    help: .said(
      en: "The role whose work it is.",
      pt: "O papel a quem cabe o trabalho.",
      fr: "Le rôle dont c’est le travail.", valueName: "role"))
  var role: String?

  func validate() throws {
    let given = [daily, !weekdays.isEmpty, days != nil].filter { $0 }.count
    if given > 1 {
      throw ValidationError(
        said(
          en: "--daily, --weekday and --days exclude each other.",
          pt: "--daily, --weekday e --days não se combinam.",
          fr: "--daily, --weekday et --days s’excluent."))
    }
    if given == 0, from != nil || zone != nil || role != nil {
      throw ValidationError(
        said(
          en: "Say how often: --daily, --weekday or --days.",
          pt: "Diga com que frequência: --daily, --weekday ou --days.",
          fr: "Dites à quelle fréquence : --daily, --weekday ou --days."))
    }
  }

  /// Nil where no routine is asked for.
  var draft: RoutineDraft? {
    guard daily || !weekdays.isEmpty || days != nil else { return nil }
    let listed = weekdays.flatMap { $0.split(separator: ",").map(String.init) }
    return RoutineDraft(
      weekdays: listed.isEmpty ? nil : listed, days: days, from: from, time: at, zone: zone,
      role: role)
  }
}

extension Finder {
  /// Finds a segment by id or name.
  func segment(_ text: String) async throws -> SegmentDocument {
    let found = try await one(
      .segment, text, id: { try await segment(path: String($0)) },
      name: { text in
        let page: Page<SegmentDocument> = try await client.get(
          Paths.query(Paths.segments, ["name": text, "limit": "1", "as_of": asOf]))
        return page.items.first
      })
    if let found { return found }
    // The daemon says what is wrong with a name that nothing has.
    return try await segment(path: Paths.segment(text))
  }

  private func segment(path: String) async throws -> SegmentDocument {
    try await client.get(Paths.query("\(Paths.segments)/\(path)", ["as_of": asOf]))
  }
}
