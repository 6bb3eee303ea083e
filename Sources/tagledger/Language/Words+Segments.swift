import APITypes

// Segments, the work on them, and RFM.
extension Words {
  var segment: String { say(en: "Segment", pt: "Segmento", fr: "Segment") }
  var segmentFilter: String { say(en: "Filter", pt: "Filtro", fr: "Filtre") }
  var purpose: String { say(en: "Purpose", pt: "Finalidade", fr: "But") }
  var owner: String { say(en: "Owner", pt: "Responsável", fr: "Responsable") }
  var routine: String { say(en: "Routine", pt: "Rotina", fr: "Routine") }
  var nextDue: String { say(en: "Next due", pt: "Próximo", fr: "Prochaine") }
  var lastList: String { say(en: "Last list", pt: "Última lista", fr: "Dernière liste") }
  var workOpen: String { say(en: "Open", pt: "Abertos", fr: "Ouverts") }
  var workTaken: String { say(en: "Taken", pt: "Pegos", fr: "Pris") }
  var workDone: String { say(en: "Done", pt: "Feitos", fr: "Faits") }
  var workSkipped: String { say(en: "Skipped", pt: "Pulados", fr: "Passés") }

  func workState(_ state: String) -> String {
    switch state {
    case "open": say(en: "open", pt: "aberto", fr: "ouvert")
    case "taken": say(en: "taken", pt: "pego", fr: "pris")
    case "done": say(en: "done", pt: "feito", fr: "fait")
    case "skipped": say(en: "skipped", pt: "pulado", fr: "passé")
    default: state
    }
  }

  /// "every day at 08:00 (America/Sao_Paulo)".
  func tell(_ routine: RoutineDocument) -> String {
    let rhythm =
      switch routine.rhythm {
      case "weekly": (routine.weekdays ?? []).map(weekday).joined(separator: ", ")
      case "interval" where routine.days != 1:
        say(
          en: "every \(routine.days ?? 0) days", pt: "a cada \(routine.days ?? 0) dias",
          fr: "tous les \(routine.days ?? 0) jours")
      default: say(en: "every day", pt: "todo dia", fr: "chaque jour")
      }
    return rhythm + say(en: " at ", pt: " às ", fr: " à ") + routine.time + " (\(routine.zone))"
  }

  private func weekday(_ name: String) -> String {
    switch name {
    case "mon": say(en: "Mon", pt: "seg", fr: "lun")
    case "tue": say(en: "Tue", pt: "ter", fr: "mar")
    case "wed": say(en: "Wed", pt: "qua", fr: "mer")
    case "thu": say(en: "Thu", pt: "qui", fr: "jeu")
    case "fri": say(en: "Fri", pt: "sex", fr: "ven")
    case "sat": say(en: "Sat", pt: "sáb", fr: "sam")
    case "sun": say(en: "Sun", pt: "dom", fr: "dim")
    default: name
    }
  }

  func tell(_ list: WorkListDocument) -> String {
    say(
      en: "\(list.day): \(customers(list.customers)), \(list.open) open, \(list.taken) taken, "
        + "\(list.done) done, \(list.skipped) skipped",
      pt: "\(list.day): \(customers(list.customers)), \(list.open) abertos, \(list.taken) pegos, "
        + "\(list.done) feitos, \(list.skipped) pulados",
      fr: "\(list.day) : \(customers(list.customers)), \(list.open) ouverts, \(list.taken) pris, "
        + "\(list.done) faits, \(list.skipped) passés")
  }

  func segmentCreated(_ segment: SegmentDocument) -> String {
    say(
      en: "The segment \(quoted(segment.name)) is kept, with id \(segment.id).",
      pt: "O segmento \(quoted(segment.name)) foi guardado, com o id \(segment.id).",
      fr: "Le segment \(quoted(segment.name)) est gardé, sous l’id \(segment.id).")
  }

  func segmentRevised(_ name: String) -> String {
    say(
      en: "The segment \(quoted(name)) has been changed.",
      pt: "O segmento \(quoted(name)) foi mudado.",
      fr: "Le segment \(quoted(name)) a été modifié.")
  }

  func segmentRemoved(_ name: String) -> String {
    say(
      en: "The segment \(quoted(name)) is removed.", pt: "O segmento \(quoted(name)) foi removido.",
      fr: "Le segment \(quoted(name)) est retiré.")
  }

  func segmentsReady(_ names: [String], skipped: [String]) -> String {
    let made = names.map(quoted).joined(separator: ", ")
    let left = skipped.map(quoted).joined(separator: ", ")
    let first = say(en: "Created: \(made)", pt: "Criados: \(made)", fr: "Créés : \(made)")
    guard !skipped.isEmpty else { return first }
    return first + "\n"
      + say(
        en: "Left out, since the name is taken or a tag is missing: \(left)",
        pt: "Deixados de fora, pois o nome já existe ou falta uma etiqueta: \(left)",
        fr: "Laissés de côté, le nom étant pris ou une étiquette manquant : \(left)")
  }

  func worked(_ receipt: WorkReceipt) -> String {
    customers(receipt.changed) + ". " + tell(receipt.list)
  }

  // MARK: RFM

  var rfmGroup: String { say(en: "Group", pt: "Grupo", fr: "Groupe") }
  var rfmStrategy: String { say(en: "Strategy", pt: "Estratégia", fr: "Stratégie") }
  var rfmDays: String { say(en: "Days", pt: "Dias", fr: "Jours") }
  var rfmOrders: String { say(en: "Orders", pt: "Pedidos", fr: "Commandes") }
  var rfmSpent: String { say(en: "Spent", pt: "Gasto", fr: "Dépensé") }
  var rfmLevels: String { say(en: "Levels", pt: "Níveis", fr: "Niveaux") }
  var rfmScale: String { say(en: "Scored by", pt: "Pontuação por", fr: "Noté par") }
  var rfmWindow: String { say(en: "Orders of", pt: "Pedidos de", fr: "Commandes de") }

  func rfmScale(ties: String?) -> String {
    guard let ties else {
      return say(en: "fixed thresholds", pt: "limites fixos", fr: "seuils fixes")
    }
    let side =
      ties == "above"
      ? say(en: "ties above", pt: "empates acima", fr: "égalités au-dessus")
      : say(en: "ties below", pt: "empates abaixo", fr: "égalités au-dessous")
    return say(en: "quantiles", pt: "quantis", fr: "quantiles") + " (\(side))"
  }

  func days(_ count: Int) -> String {
    number(count) + " "
      + choose(
        count, one: say(en: "day", pt: "dia", fr: "jour"),
        many: say(en: "days", pt: "dias", fr: "jours"))
  }

  func rfmConfigured(_ count: Int) -> String {
    say(
      en: "\(customers(count)) are scored like that from now on.",
      pt: "\(customers(count)) são pontuados assim a partir de agora.",
      fr: "\(customers(count)) sont notés ainsi à partir de maintenant.")
  }

  /// A break between amounts, in minor units and perhaps with a fraction of one, as the daemon has it.
  func money(break text: String) -> String {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return text }
    return money(whole) + (parts.count > 1 ? parts[1] : "")
  }

  /// Minor units, as two digits behind the point.
  func money(_ amount: Int64) -> String {
    let (whole, rest) = amount.magnitude.quotientAndRemainder(dividingBy: 100)
    let cents = rest < 10 ? "0\(rest)" : "\(rest)"
    return (amount < 0 ? "-" : "") + number(whole) + say(en: ".", pt: ",", fr: ",") + cents
  }
}
