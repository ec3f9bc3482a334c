//! Eight ways to build the same page. They share no structure but the order of what a reader sees.

use std::fmt::Write as _;

use super::sample::Sample;

type Shape = fn(&Sample) -> String;

pub(crate) const ALL: [(&str, Shape); 8] = [
    ("no classes at all", plain),
    ("nothing but div and span", divs),
    ("lead outside the article, body broken by br br", broken),
    ("tables in tables", tables),
    ("one paragraph, one br a line", one_paragraph),
    ("hashed classes, menus and other dates around", hashed),
    ("custom elements", custom),
    ("pasted from a word processor", pasted),
];

/// The address of the nth other article.
fn post(n: usize) -> String {
    format!("/posts/autre-article-{n}-694ba8{n:02x}d000c")
}

fn page(head: &str, body: &str) -> String {
    let meta = "<meta charset=utf-8><meta property='og:title' content='Lessor'><title>Lessor</title>";
    format!("<!doctype html><html lang=fr><head>{meta}{head}</head><body>{body}</body></html>")
}

fn image(n: usize) -> String {
    format!("<img src='/photos/{n}.jpg' alt=''>")
}

fn plain(s: &Sample) -> String {
    let mut b = format!("<h1>{}</h1><p>{}</p><p>{}</p><h2>{}</h2>", s.title, s.lead, s.published, s.title);
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let html = if caption {
            format!("<figure>{}<figcaption>{line}</figcaption></figure>", image(n))
        } else {
            format!("<p>{line}</p><p>&nbsp;</p>")
        };
        b += &html;
    }
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<p>Lire aussi : <a href='{}'>{title}</a></p><p>{teaser}</p>", post(n)).unwrap();
    }
    b += "<h3>Les articles de l'auteur</h3>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(b, "<h4><a href='{}'>{}</a></h4><p>{}</p>", post(20 + n), c.title, c.lead).unwrap();
        write!(b, "<p>{}</p><p>{}</p>", c.by, c.published).unwrap();
    }
    page("", &(b + &format!("<p>{}</p>", s.notice.join("</p><p>"))))
}

fn divs(s: &Sample) -> String {
    let mut b = format!(
        "<div><div><h1>{}</h1></div><div>{}</div><div><span>{}</span></div></div><div><div>{}</div>",
        s.title, s.lead, s.published, s.title
    );
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let before = if caption { image(n) } else { String::new() };
        write!(b, "<div>{before}<div>{line}</div></div>").unwrap();
    }
    b += "</div><div>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<a href='{}'><div><span>Lire aussi :</span> <span>{title}</span></div>", post(n)).unwrap();
        write!(b, "<div>{teaser}</div></a>").unwrap();
    }
    b += "</div><div><div>Les articles de l'auteur</div><div>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(b, "<a href='{}'><div>{}<div>{}</div><div>{}</div>", post(20 + n), image(90 + n), c.title, c.lead)
            .unwrap();
        write!(b, "<div>{}</div><div>{}</div></div></a>", c.by, c.published).unwrap();
    }
    page("", &(b + &format!("</div></div><div>{}</div>", s.notice.join("<br>"))))
}

fn broken(s: &Sample) -> String {
    let mut b = format!("<header><nav><a href='/'>Accueil</a></nav><h1>{}</h1><h2>{}</h2></header>", s.title, s.lead);
    write!(b, "<main><article><time>{}</time><h3>{}</h3><div>", s.published, s.title).unwrap();
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let html = if caption {
            format!("<p>{}<em>{line}</em></p>", image(n))
        } else {
            format!("{line}<br><br/>\n&nbsp;<br>")
        };
        b += &html;
    }
    b += "</div></article><section>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<div><strong>Lire aussi&nbsp;: </strong><a href='{}'>{title}</a><br><br>{teaser}</div>", post(n))
            .unwrap();
    }
    b += "</section><aside><h2>Les articles de l'auteur</h2>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(b, "<a href='{}'>{}</a><h5>{}</h5><p>{}</p>", post(20 + n), image(90 + n), c.title, c.lead).unwrap();
        write!(b, "<p>{}<br><br>{}</p>", c.by, c.published).unwrap();
    }
    page("", &(b + &format!("</aside></main><footer>{}</footer>", s.notice.join(" "))))
}

fn tables(s: &Sample) -> String {
    let mut b = format!("<table><tr><td colspan=2><h1>{}</h1></td></tr><tr><td>{}</td></tr>", s.title, s.lead);
    write!(b, "<tr><td><i>{}</i></td></tr><tr><td><b>{}</b></td></tr><tr><td><table>", s.published, s.title).unwrap();
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let before = if caption { format!("{}<br>", image(n)) } else { String::new() };
        write!(b, "<tr><td>{before}{line}</td></tr>").unwrap();
    }
    b += "</table></td></tr>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<tr><td><a href='{}'>Lire aussi : {title}</a></td></tr><tr><td>{teaser}</td></tr>", post(n))
            .unwrap();
    }
    b += "<tr><td><table><tr><th>Les articles de l'auteur</th></tr>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(b, "<tr><td><a href='{}'><b>{}</b></a><br>{}", post(20 + n), c.title, c.lead).unwrap();
        write!(b, "</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr>", c.by, c.published).unwrap();
    }
    page("", &(b + &format!("</table></td></tr><tr><td>{}</td></tr></table>", s.notice.join("</td></tr><tr><td>"))))
}

fn one_paragraph(s: &Sample) -> String {
    let mut b =
        format!("<article><h1>{}</h1><p>{}</p><small>{}</small><p>{}<br>", s.title, s.lead, s.published, s.title);
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let before = if caption { image(n) } else { String::new() };
        write!(b, "{before}{line}<br>").unwrap();
    }
    b += "</p></article><ul>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<li><h4>Lire aussi : <a href='{}'>{title}</a></h4><p>{teaser}</p></li>", post(n)).unwrap();
    }
    b += "</ul><p><b>Les articles de l'auteur</b></p><ul>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(b, "<li><h4>{}</h4><p>{}</p><p>{}</p><p>{}</p>", c.title, c.lead, c.by, c.published).unwrap();
        write!(b, "<a href='{}'>Lire la suite</a></li>", post(20 + n)).unwrap();
    }
    page("", &(b + &format!("</ul><form><p>{}</p></form>", s.notice.join("<br>"))))
}

fn hashed(s: &Sample) -> String {
    let mut b =
        String::from("<nav class='_a1'><ul><li><a href='/'>À la une</a></li><li><a href='/x'>Lire</a></li></ul></nav>");
    b += "<div class='_zz9'><h3><a href='/posts/un-tout-autre-694ba838d000c'>Un tout autre article</a></h3>";
    b += "<p>Publié lundi 1 décembre 2025 à 10:00</p></div>";
    write!(b, "<section class='_q7'><h1 class='_h'><span>{}</span></h1><p class='_l'>{}</p>", s.title, s.lead).unwrap();
    write!(b, "<p><svg></svg><span>{}</span><button>Partager</button></p></section>", s.published).unwrap();
    write!(b, "<section class='_q8'><h2 class='_t'>{}</h2><div class='_c'><div>", s.title).unwrap();
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let html = if caption {
            format!("<div class='_f{n}'><picture>{}</picture><p>{line}</p></div>", image(n))
        } else {
            format!("<p class='_p{n}'><span>{line}</span></p>")
        };
        b += &html;
    }
    b += "</div></div></section><section class='_r'>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<div class='_r{n}'><p><a href='{}'>Lire aussi : <b>{title}</b></a></p><p><a href='{}'>{teaser}</a></p></div>",
            post(n), post(n)).unwrap();
    }
    b += "</section><section class='_s'><h3>Les articles de l’auteur</h3><div>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(
            b,
            "<div><div><a href='{}'>{}</a></div><div><a href='{}'><h6>{}</h6></a>",
            post(20 + n),
            image(90 + n),
            post(20 + n),
            c.title
        )
        .unwrap();
        write!(b, "<p>{}</p><span>{}</span><div>{}</div></div></div>", c.lead, c.by, c.published).unwrap();
    }
    let end =
        "</div></section><footer><p>Publié par l’Agence</p><a href='/posts/encore-694ba838d000d'>Encore</a></footer>";
    page("<style>p{}</style>", &(b + &format!("<div><p>{}</p></div>{end}", s.notice.join("</p><p>"))))
}

fn custom(s: &Sample) -> String {
    let mut b = format!("<x-page><x-head><h1>{}</h1><div><x-lead>{}</x-lead></div>", s.title, s.lead);
    write!(b, "<div><x-date>{}</x-date></div></x-head><x-body><div>{}</div>", s.published, s.title).unwrap();
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let html = if caption {
            format!("<center><amp-img src='/photos/{n}.jpg'></amp-img><p>{line}</p></center>")
        } else {
            format!("<section><p>{line}</p></section>")
        };
        b += &html;
    }
    b += "</x-body>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<x-also><p>Lire aussi :</p><p><a href='{}'>{title}</a></p><p>{teaser}</p></x-also>", post(n))
            .unwrap();
    }
    b += "<x-author><div>Les articles de l'auteur :</div>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(
            b,
            "<x-card><div><strong><a href='{}'>{}</a></strong></div><div>{}</div>",
            post(20 + n),
            c.title,
            c.lead
        )
        .unwrap();
        write!(b, "<div>{}</div><div>{}</div></x-card>", c.by, c.published).unwrap();
    }
    page("", &(b + &format!("</x-author><x-notice><p>{}</p></x-notice></x-page>", s.notice.join("</p><p>"))))
}

fn pasted(s: &Sample) -> String {
    let span = |text: &str| {
        let wrapped = text.replace(" de ", "\n de ").replace(" le ", " <span lang=FR>le</span>\n");
        format!("<p class=MsoNormal style='margin:0'><span style='font-size:12pt'>{wrapped}<o:p></o:p></span></p>")
    };
    let mut b = format!("<div id=WordSection1><h1>\n  {}\n</h1>\n<p>{}</p>", s.title, span(&s.lead));
    write!(b, "<p>{}</p><blockquote><div><p><b>{}</b></p>", s.published, s.title).unwrap();
    for (n, line) in s.lines.iter().enumerate() {
        let caption = Sample::is_caption(line) && n + 2 < s.lines.len();
        let html = if caption {
            format!("<p class=MsoCaption>{}</p><p>{line}</p>", image(n))
        } else {
            format!("{}<p class=MsoNormal><o:p>&nbsp;</o:p></p>", span(line))
        };
        b += &html;
    }
    b += "</div></blockquote>";
    for (n, (title, teaser)) in s.related.iter().enumerate() {
        write!(b, "<dl><dt>LIRE AUSSI : <a href='{}'>{title}</a></dt><dd>{teaser}</dd></dl>", post(n)).unwrap();
    }
    b = b.replace("LIRE AUSSI", "Lire aussi");
    b += "<p><u>Les articles de l'auteur</u></p>";
    for (n, c) in s.cards.iter().enumerate() {
        write!(b, "<dl><dt><a href='{}'>{}</a></dt><dd>{}</dd><dd>{}</dd>", post(20 + n), c.title, c.lead, c.by)
            .unwrap();
        write!(b, "<dd>{}</dd></dl>", c.published).unwrap();
    }
    page("", &(b + &format!("<address>{}</address></div>", s.notice.join("<br>"))))
}
