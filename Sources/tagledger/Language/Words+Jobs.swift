import APITypes

// Long work: what it is, how it goes, what came of it.
extension Words {
  func jobKind(_ kind: String) -> String {
    switch kind {
    case "apply": say(en: "applying", pt: "aplicando", fr: "application")
    case "remove": say(en: "removing", pt: "retirando", fr: "enlèvement")
    case "import_customers":
      say(en: "importing customers", pt: "importando clientes", fr: "import des clients")
    case "import_memberships":
      say(en: "importing tags", pt: "importando etiquetas", fr: "import des étiquettes")
    case "import_history":
      say(en: "importing history", pt: "importando histórico", fr: "import de l’historique")
    case "import_orders":
      say(en: "importing orders", pt: "importando pedidos", fr: "import des commandes")
    case "rebuild": say(en: "rebuilding", pt: "reconstruindo", fr: "reconstruction")
    case "verify": say(en: "verifying", pt: "verificando", fr: "vérification")
    case "erase": say(en: "erasing", pt: "apagando", fr: "effacement")
    case "backup": say(en: "backing up", pt: "copiando", fr: "sauvegarde")
    default: kind
    }
  }

  func jobState(_ state: String) -> String {
    switch state {
    case "running": say(en: "running", pt: "em andamento", fr: "en cours")
    case "stopped": say(en: "stopped", pt: "parada", fr: "arrêtée")
    case "done": say(en: "done", pt: "concluída", fr: "terminée")
    case "failed": say(en: "failed", pt: "falhou", fr: "échouée")
    default: state
    }
  }

  var uploading: String { say(en: "sending", pt: "enviando", fr: "envoi") }
  var downloading: String { say(en: "receiving", pt: "recebendo", fr: "réception") }

  /// How what the work has changed is taken back.
  func takenBack(_ id: String) -> String {
    say(
      en: "To take it back: tagledger undo \(id)",
      pt: "Para desfazer: tagledger undo \(id)",
      fr: "Pour annuler : tagledger undo \(id)")
  }

  func goesOn(_ id: String) -> String {
    say(
      en: """
        The work goes on in the daemon as job \(id).
          watch it:  tagledger job follow \(id)
          stop it:   tagledger job stop \(id)
        """,
      pt: """
        O trabalho continua no serviço como tarefa \(id).
          acompanhar:  tagledger job follow \(id)
          parar:       tagledger job stop \(id)
        """,
      fr: """
        Le travail continue dans le service : tâche \(id).
          suivre :   tagledger job follow \(id)
          arrêter :  tagledger job stop \(id)
        """)
  }

  /// What a job does; of a dry run, that it only looks.
  func title(of job: Job) -> String {
    let kind = jobKind(job.kind.rawValue)
    guard job.dryRun else { return kind }
    return say(en: "\(kind) (preview)", pt: "\(kind) (prévia)", fr: "\(kind) (aperçu)")
  }

  /// What has come of stopping a job, which may have ended before.
  func stopped(_ job: Job) -> String {
    let id = job.id
    guard job.state == .stopped else {
      let state = jobState(job.state.rawValue)
      return say(
        en: "Nothing to stop: the job had ended already (\(state)).",
        pt: "Nada a parar: a tarefa já tinha terminado (\(state)).",
        fr: "Rien à arrêter : la tâche avait déjà pris fin (\(state)).")
    }
    guard job.kind.isResumable else {
      return say(
        en: "Stopped; such work begins anew.", pt: "Parada; esse trabalho recomeça do início.",
        fr: "Arrêtée ; ce travail reprend du début.")
    }
    return say(
      en: "Stopped; what is done stays. Go on with: tagledger job resume \(id)",
      pt: "Parada; o que foi feito fica. Continue com: tagledger job resume \(id)",
      fr: "Arrêtée ; ce qui est fait reste. Reprendre : tagledger job resume \(id)")
  }

  func finished(_ kind: String, _ figures: String, _ time: String) -> String {
    let end = figures.isEmpty ? "" : ": \(figures)"
    return say(
      en: "\(kind), done in \(time)\(end).", pt: "\(kind), concluído em \(time)\(end).",
      fr: "\(kind), terminé en \(time)\(end).")
  }

  /// The name of a figure in a job's result, for so many of it; an unknown one stands as it is,
  /// readable at least.
  func figure(_ name: String, _ count: Int64 = 2) -> String {
    func say(
      en: (one: String, many: String), pt: (one: String, many: String),
      fr: (one: String, many: String)
    ) -> String {
      let one = self.say(en: en.one, pt: pt.one, fr: fr.one)
      return choose(count, one: one, many: self.say(en: en.many, pt: pt.many, fr: fr.many))
    }
    func same(_ word: String) -> (one: String, many: String) { (word, word) }
    return switch name {
    case "applied":
      say(en: same("applied"), pt: ("aplicada", "aplicadas"), fr: ("appliquée", "appliquées"))
    case "removed":
      say(en: same("removed"), pt: ("retirada", "retiradas"), fr: ("enlevée", "enlevées"))
    case "unchanged":
      say(en: same("unchanged"), pt: same("sem mudança"), fr: same("sans changement"))
    case "superseded":
      say(
        en: same("known otherwise (what is known stays)"),
        pt: (
          "conhecido de outro modo (vale o que já se sabe)",
          "conhecidos de outro modo (vale o que já se sabe)"
        ),
        fr: (
          "connu autrement (ce qui est connu reste)", "connus autrement (ce qui est connu reste)"
        ))
    case "orders":
      say(en: ("order", "orders"), pt: ("pedido", "pedidos"), fr: ("commande", "commandes"))
    case "returns":
      say(en: ("return", "returns"), pt: ("devolução", "devoluções"), fr: ("retour", "retours"))
    case "paid": say(en: same("paid"), pt: ("pago", "pagos"), fr: ("payée", "payées"))
    case "shipped":
      say(en: same("shipped"), pt: ("enviado", "enviados"), fr: ("expédiée", "expédiées"))
    case "completed":
      say(en: same("completed"), pt: ("concluído", "concluídos"), fr: ("terminée", "terminées"))
    case "cancelled":
      say(en: same("cancelled"), pt: ("cancelado", "cancelados"), fr: ("annulée", "annulées"))
    case "displaced":
      say(
        en: same("displaced"), pt: ("substituída", "substituídas"), fr: ("remplacée", "remplacées"))
    case "detailed":
      say(en: same("detailed"), pt: ("detalhada", "detalhadas"), fr: ("détaillée", "détaillées"))
    case "customers_registered":
      say(
        en: ("customer registered", "customers registered"),
        pt: ("cliente cadastrado", "clientes cadastrados"),
        fr: ("client enregistré", "clients enregistrés"))
    case "customers_revised":
      say(
        en: ("customer revised", "customers revised"),
        pt: ("cliente alterado", "clientes alterados"), fr: ("client modifié", "clients modifiés"))
    case "tags_created":
      say(
        en: ("tag created", "tags created"), pt: ("etiqueta criada", "etiquetas criadas"),
        fr: ("étiquette créée", "étiquettes créées"))
    case "refused":
      say(en: same("refused"), pt: ("recusada", "recusadas"), fr: ("refusée", "refusées"))
    case "rows": say(en: ("row", "rows"), pt: ("linha", "linhas"), fr: ("ligne", "lignes"))
    case "events":
      say(en: ("event", "events"), pt: ("evento", "eventos"), fr: ("événement", "événements"))
    case "customers":
      say(en: ("customer", "customers"), pt: ("cliente", "clientes"), fr: ("client", "clients"))
    case "tags":
      say(en: ("tag", "tags"), pt: ("etiqueta", "etiquetas"), fr: ("étiquette", "étiquettes"))
    default: String(name.map { $0 == "_" ? " " : $0 })
    }
  }

  func allAgrees(_ events: Int64, root: String) -> String {
    say(
      en: "All agrees, from event 1 to \(number(events)); root \(root).",
      pt: "Tudo confere, do evento 1 ao \(number(events)); raiz \(root).",
      fr: "Tout concorde, de l’événement 1 à \(number(events)) ; racine \(root).")
  }

  func backedUp(_ result: [String: JSONValue]) -> String {
    let events = number(result["events"]?.int ?? 0)
    let opened = number(result["opened"]?.int ?? 0)
    let (log, keys) = (result["log"]?.string ?? "", result["keys"]?.string ?? "")
    let root = result["root"]?.string ?? ""
    return say(
      en: """
        Copied and verified: \(events) events, root \(root); \(opened) sealed fields opened.
          log:   \(log)
          keys:  \(keys)  (keep them apart: with both, everything can be read)
        """,
      pt: """
        Copiado e conferido: \(events) eventos, raiz \(root); \(opened) campos selados abertos.
          registro:  \(log)
          chaves:    \(keys)  (guarde à parte: com ambos, tudo pode ser lido)
        """,
      fr: """
        Copié et vérifié : \(events) événements, racine \(root) ; \(opened) champs scellés ouverts.
          journal :  \(log)
          clés :     \(keys)  (à garder à part : avec les deux, tout se lit)
        """)
  }

  func refusedRows(_ count: Int64, file: String?, job: String) -> String {
    let count = number(count)
    guard let file else {
      return say(
        en: "Rows refused: \(count). See which and why: tagledger job failures \(job)",
        pt: "Linhas recusadas: \(count). Veja quais e por quê: tagledger job failures \(job)",
        fr: "Lignes refusées : \(count). Lesquelles et pourquoi : tagledger job failures \(job)")
    }
    return say(
      en: "Rows refused: \(count), with line and reason in \(file).",
      pt: "Linhas recusadas: \(count), com linha e motivo em \(file).",
      fr: "Lignes refusées : \(count), avec ligne et motif dans \(file).")
  }

  func daemonLost(seconds: Int64) -> String {
    say(
      en: "The daemon is gone; waiting up to \(seconds) s until it is back (Ctrl-C ends).",
      pt: "O serviço caiu; esperando até \(seconds) s que ele volte (Ctrl-C encerra).",
      fr: "Le service n’est plus là ; attente de \(seconds) s au plus (Ctrl-C pour finir).")
  }

  func jobUnwatched(_ id: String) -> String {
    say(
      en: """
        The daemon has not come back. What it had done stays; when it runs again:
          see how far it came:  tagledger job show \(id)
          go on:                tagledger job resume \(id)
        """,
      pt: """
        O serviço não voltou. O que já foi feito fica; quando ele estiver de volta:
          ver até onde foi:  tagledger job show \(id)
          continuar:         tagledger job resume \(id)
        """,
      fr: """
        Le service n’est pas revenu. Ce qui est fait reste ; quand il tournera de nouveau :
          voir où il en était :  tagledger job show \(id)
          reprendre :            tagledger job resume \(id)
        """)
  }

  var connectionLost: String {
    say(
      en: "The connection is lost; trying again until the daemon is back (Ctrl-C ends).",
      pt: "Conexão perdida; tentando de novo até o serviço voltar (Ctrl-C encerra).",
      fr: "Connexion perdue ; nouvel essai jusqu’au retour du service (Ctrl-C pour finir).")
  }

  var connectionBack: String {
    say(en: "The connection is back.", pt: "Conexão restabelecida.", fr: "Connexion rétablie.")
  }

  func readOnly(_ reason: String?) -> String {
    let why = reason.map { ": \($0)" } ?? ""
    return say(
      en: "read-only\(why)", pt: "somente leitura\(why)", fr: "lecture seule\(why)")
  }

  /// How long something took, as exact as it is worth.
  func time(micros: Int) -> String {
    guard micros < 60_000_000 else { return ProgressBar.clock(.microseconds(micros)) }
    if micros < 1_000_000 { return "\(micros / 1000) ms" }
    let tenths = micros / 100_000
    return "\(tenths / 10)\(say(en: ".", pt: ",", fr: ","))\(tenths % 10) s"
  }
}
