"""Date expressions in newspaper English: which are found, and what they stand for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.records import Document
from dragoman.resolve.dates import date_of_event, find_dates

# A sentence, when it was published, and the expressions with their values.
CASES: list[tuple[str, str | None, list[tuple[str, str | None]]]] = [
    (
        "Rebels took the dam in May 2016 and lost it that August.",
        "2018-04-12",
        [("May 2016", "2016-05"), ("that August", "2016-08")],
    ),
    (
        "The consul flies home next Friday. The day before, shells had hit the villa.",
        "2018-04-12",
        [("next Friday", "2018-04-20"), ("The day before", "2018-04-11")],
    ),
    (
        "The consul flies home next Friday. The day before, she will pack.",
        "2018-04-12",
        [("next Friday", "2018-04-20"), ("The day before", "2018-04-19")],
    ),
    ("Kenyan troops crossed the border on Monday.", "2018-04-12", [("Monday", "2018-04-09")]),
    ("Kenyan troops will cross the border on Monday.", "2018-04-12", [("Monday", "2018-04-16")]),
    ("Kenyan troops crossed the border Thursday.", "2018-04-12", [("Thursday", "2018-04-12")]),
    ("The two presidents are to meet in Astana on Friday.", "2018-04-12", [("Friday", "2018-04-13")]),
    ("The court is expected to rule on Wednesday.", "2018-04-12", [("Wednesday", "2018-04-18")]),
    ("The summit was postponed until Tuesday.", "2018-04-12", [("Tuesday", "2018-04-17")]),
    ("Parliament votes on the treaty on Tuesday.", "2018-04-12", [("Tuesday", "2018-04-17")]),
    ("The premier called an election for Sunday.", "2018-04-12", [("Sunday", "2018-04-15")]),
    ("The envoy has been missing since Sunday.", "2018-04-12", [("Sunday", "2018-04-08")]),
    ("Sunday's raid was the third in a month.", "2018-04-12", [("Sunday", "2018-04-08")]),
    ("Both camps rallied ahead of Sunday's election.", "2018-04-12", [("Sunday", "2018-04-15")]),
    ("They managed to leave the city on Saturday.", "2018-04-12", [("Saturday", "2018-04-07")]),
    ("They plan to leave the city on Saturday.", "2018-04-12", [("Saturday", "2018-04-14")]),
    ("The rebels could not be reached on Saturday.", "2018-04-12", [("Saturday", "2018-04-07")]),
    ("Shells fell on the port last Monday.", "2018-04-12", [("last Monday", "2018-04-09")]),
    ("Shells fell on the port last Thursday.", "2018-04-12", [("last Thursday", "2018-04-05")]),
    ("The committee meets next Monday.", "2018-04-12", [("next Monday", "2018-04-16")]),
    ("The committee will meet next Friday.", "2018-04-11", [("next Friday", "2018-04-20")]),
    ("The committee will meet this Friday.", "2018-04-12", [("this Friday", "2018-04-13")]),
    ("The ferry sank this past Sunday.", "2018-04-12", [("this past Sunday", "2018-04-08")]),
    ("The mayor was shot Monday night.", "2018-04-12", [("Monday night", "2018-04-09TNI")]),
    ("The mayor was shot early Monday morning.", "2018-04-12", [("early Monday morning", "2018-04-09TMO")]),
    ("The mayor was shot late on Tuesday.", "2018-04-12", [("late on Tuesday", "2018-04-10")]),
    ("Talks resume on Monday afternoon.", "2018-04-12", [("Monday afternoon", "2018-04-16TAF")]),
    ("The mayor was shot on Monday.", "2019-01-02", [("Monday", "2018-12-31")]),
    ("The ceasefire takes effect on Sunday.", "2020-02-27", [("Sunday", "2020-03-01")]),
    ("Brussels lifted the ban today.", "2018-04-12", [("today", "2018-04-12")]),
    ("Brussels lifted the ban yesterday.", "2018-04-12", [("yesterday", "2018-04-11")]),
    ("Brussels will lift the ban tomorrow.", "2018-04-12", [("tomorrow", "2018-04-13")]),
    ("Brussels will vote tonight.", "2018-04-12", [("tonight", "2018-04-12TNI")]),
    ("Brussels voted last night.", "2018-04-12", [("last night", "2018-04-11TNI")]),
    ("Brussels voted this morning.", "2018-04-12", [("this morning", "2018-04-12TMO")]),
    ("Brussels will vote tomorrow morning.", "2018-04-12", [("tomorrow morning", "2018-04-13TMO")]),
    ("Brussels voted yesterday evening.", "2018-04-12", [("yesterday evening", "2018-04-11TEV")]),
    ("Two bridges were destroyed overnight.", "2018-04-12", [("overnight", "2018-04-11TNI")]),
    ("The attack came the day before yesterday.", "2018-04-12", [("the day before yesterday", "2018-04-10")]),
    ("The delegation arrives the day after tomorrow.", "2018-04-12", [("the day after tomorrow", "2018-04-14")]),
    ("The delegation arrived yesterday.", "2018-01-01", [("yesterday", "2017-12-31")]),
    ("The delegation arrives the day after tomorrow.", "2016-02-28", [("the day after tomorrow", "2016-03-01")]),
    ("The accord was signed on April 12, 2018.", None, [("April 12, 2018", "2018-04-12")]),
    ("The accord was signed on 12 April 2018.", None, [("12 April 2018", "2018-04-12")]),
    ("The accord was signed on Apr. 12, 2018.", None, [("Apr. 12, 2018", "2018-04-12")]),
    ("The accord was signed on 04/12/2018.", None, [("04/12/2018", "2018-04-12")]),
    ("The accord was signed on 2018-04-12.", None, [("2018-04-12", "2018-04-12")]),
    (
        "The accord was signed on Thursday, April 12, 2018, in Minsk.",
        None,
        [("Thursday, April 12, 2018", "2018-04-12")],
    ),
    ("The accord was signed on the 12th of April 2018.", None, [("the 12th of April 2018", "2018-04-12")]),
    ("The accord was signed on 12th April 2018.", None, [("12th April 2018", "2018-04-12")]),
    ("The accord was signed in April 2018.", None, [("April 2018", "2018-04")]),
    ("The accord was signed in 2018.", None, [("2018", "2018")]),
    ("The accord was signed on 25.03.2011.", None, [("25.03.2011", "2011-03-25")]),
    ("The accord was signed on 31/12/2011.", None, [("31/12/2011", "2011-12-31")]),
    ("The accord was signed on March 3.", "2018-04-12", [("March 3", "2018-03-03")]),
    ("The accord will be signed on June 3.", "2018-04-12", [("June 3", "2018-06-03")]),
    ("The accord was signed on December 20.", "2018-01-15", [("December 20", "2017-12-20")]),
    ("The accord will be signed on January 15.", "2018-12-20", [("January 15", "2019-01-15")]),
    ("The accord will be signed on the 20th.", "2018-04-12", [("the 20th", "2018-04-20")]),
    ("The accord was signed on the 3rd.", "2018-04-12", [("the 3rd", "2018-04-03")]),
    ("Ministers meet on April 24 and 25 in Doha.", "2018-04-12", [("April 24", "2018-04-24"), ("25", "2018-04-25")]),
    ("Ministers meet on 24-25 April in Doha.", "2018-04-12", [("24", "2018-04-24"), ("25 April", "2018-04-25")]),
    (
        "Ministers will meet from April 24 to April 26.",
        "2018-04-12",
        [("April 24", "2018-04-24"), ("April 26", "2018-04-26")],
    ),
    ("The clashes took place between May and July 2016.", "2018-04-12", [("May", "2016-05"), ("July 2016", "2016-07")]),
    (
        "The mission ran from November to February 2016.",
        "2018-04-12",
        [("November", "2015-11"), ("February 2016", "2016-02")],
    ),
    ("The commander ruled the valley between 1994 and 1997.", "2018-04-12", [("1994", "1994"), ("1997", "1997")]),
    ("The general resigned in February.", "2018-04-12", [("February", "2018-02")]),
    ("The general will resign in September.", "2018-04-12", [("September", "2018-09")]),
    ("The general resigned last October.", "2018-04-12", [("last October", "2017-10")]),
    ("The general will resign next March.", "2018-04-12", [("next March", "2019-03")]),
    ("The general will resign this September.", "2018-04-12", [("this September", "2018-09")]),
    ("The general resigned in June last year.", "2018-04-12", [("June last year", "2017-06")]),
    ("The general resigned on 9 August last year.", "2018-04-12", [("9 August last year", "2017-08-09")]),
    ("The general resigned in early March.", "2018-04-12", [("early March", "2018-03")]),
    ("The general resigned in mid-January.", "2018-04-12", [("mid-January", "2018-01")]),
    ("The general will resign at the end of May.", "2018-04-12", [("the end of May", "2018-05")]),
    ("The general resigned in the middle of 2015.", "2018-04-12", [("the middle of 2015", "2015")]),
    ("The general will resign by the end of the month.", "2018-04-12", [("the end of the month", "2018-04")]),
    ("The general resigned last month.", "2018-04-12", [("last month", "2018-03")]),
    ("The general resigned earlier this month.", "2018-04-12", [("earlier this month", "2018-04")]),
    ("The general resigned last week.", "2018-04-12", [("last week", "2018-W14")]),
    ("The general resigned last week.", "2018-01-03", [("last week", "2017-W52")]),
    ("The general resigned early this week.", "2018-04-12", [("early this week", "2018-W15")]),
    ("The general will resign next week.", "2018-04-12", [("next week", "2018-W16")]),
    ("The general will resign on Friday next week.", "2018-04-12", [("Friday next week", "2018-04-20")]),
    ("The general resigned on Tuesday of last week.", "2018-04-12", [("Tuesday of last week", "2018-04-03")]),
    ("The general resigned last weekend.", "2018-04-12", [("last weekend", "2018-W14-WE")]),
    ("The general resigned over the weekend.", "2018-04-12", [("the weekend", "2018-W14-WE")]),
    ("The general spoke at the weekend.", "2018-04-14", [("the weekend", "2018-W15-WE")]),
    ("The general will resign this weekend.", "2018-04-12", [("this weekend", "2018-W15-WE")]),
    ("The hearing is set for the week of May 7.", "2018-04-12", [("the week of May 7", "2018-W19")]),
    ("The general resigned last year.", "2018-04-12", [("last year", "2017")]),
    ("The general will resign next year.", "2018-04-12", [("next year", "2019")]),
    ("The general resigned earlier this year.", "2018-04-12", [("earlier this year", "2018")]),
    ("The general resigned three years ago.", "2018-04-12", [("three years ago", "2015")]),
    ("The general resigned two months ago.", "2018-04-12", [("two months ago", "2018-02")]),
    ("The general resigned a week ago.", "2018-04-12", [("a week ago", "2018-W14")]),
    ("The general resigned five days ago.", "2018-04-12", [("five days ago", "2018-04-07")]),
    ("The general resigned two hours ago.", "2018-04-12", [("two hours ago", "2018-04-12")]),
    ("The general resigned several years ago.", "2018-04-12", [("several years ago", "PAST_REF")]),
    ("The general resigned decades ago.", "2018-04-12", [("decades ago", "PAST_REF")]),
    ("The mandate expires six months from now.", "2018-04-12", [("six months from now", "2018-10")]),
    ("The mandate will expire in six months.", "2018-04-12", [("six months", "2018-10")]),
    (
        "The general was arrested on 3 May 1996. Two days later he was dead.",
        "2018-04-12",
        [("3 May 1996", "1996-05-03"), ("Two days later", "1996-05-05")],
    ),
    (
        "The general was arrested on 3 May 1996. The next day he was dead.",
        "2018-04-12",
        [("3 May 1996", "1996-05-03"), ("The next day", "1996-05-04")],
    ),
    (
        "The general was arrested on 3 May 1996. A week earlier he had been promoted.",
        "2018-04-12",
        [("3 May 1996", "1996-05-03"), ("A week earlier", "1996-W17")],
    ),
    (
        "The general was arrested on 3 May 1996. He had been promoted the day before.",
        "2018-04-12",
        [("3 May 1996", "1996-05-03"), ("the day before", "1996-05-02")],
    ),
    (
        "The general was arrested on 3 May 1996. That night riots broke out.",
        "2018-04-12",
        [("3 May 1996", "1996-05-03"), ("That night", "1996-05-03TNI")],
    ),
    (
        "The general was arrested in 1996. That year the junta fell.",
        "2018-04-12",
        [("1996", "1996"), ("That year", "1996")],
    ),
    (
        "The general was arrested in 1996. The following year the junta fell.",
        "2018-04-12",
        [("1996", "1996"), ("The following year", "1997")],
    ),
    (
        "The general was arrested in May 1996. The following month the junta fell.",
        "2018-04-12",
        [("May 1996", "1996-05"), ("The following month", "1996-06")],
    ),
    (
        "The general was arrested on Tuesday. The same day the junta fell.",
        "2018-04-12",
        [("Tuesday", "2018-04-10"), ("The same day", "2018-04-10")],
    ),
    (
        "The general was arrested on Tuesday. Later that day the junta fell.",
        "2018-04-12",
        [("Tuesday", "2018-04-10"), ("Later that day", "2018-04-10")],
    ),
    ("The junta fell two weeks after May 3, 1996.", "2018-04-12", [("two weeks after May 3, 1996", "1996-05-17")]),
    ("The junta fell the day before the election.", "2018-04-12", [("the day before", None)]),
    ("The hearing is a week from Monday.", "2018-04-12", [("a week from Monday", "2018-04-23")]),
    (
        "The general was arrested on 3 May 1996. Two days later he was dead.",
        None,
        [("3 May 1996", "1996-05-03"), ("Two days later", "1996-05-05")],
    ),
    ("The general was arrested on Monday.", None, [("Monday", None)]),
    ("The general was arrested last week.", None, [("last week", None)]),
    ("The general was arrested on April 12.", None, [("April 12", "XXXX-04-12")]),
    ("The general was arrested in June.", None, [("June", "XXXX-06")]),
    ("The general is now under arrest.", None, [("now", "PRESENT_REF")]),
    ("The general was arrested yesterday evening.", None, [("yesterday evening", None)]),
    ("Guerrillas held the valley in the 1990s.", "2018-04-12", [("the 1990s", "199")]),
    ("Guerrillas held the valley in the '80s.", "2018-04-12", [("'80s", "198")]),
    ("Guerrillas held the valley in the late 1970s.", "2018-04-12", [("late 1970s", "197")]),
    ("The fort dates from the 17th century.", "2018-04-12", [("the 17th century", "16")]),
    ("The fort was built in the early twentieth century.", "2018-04-12", [("early twentieth century", "19")]),
    ("The army shelled the town last summer.", "2018-04-12", [("last summer", "2017-SU")]),
    ("The army will move in this summer.", "2018-04-12", [("this summer", "2018-SU")]),
    ("The army shelled the town in the spring of 2011.", "2018-04-12", [("the spring of 2011", "2011-SP")]),
    ("The army shelled the town in autumn 2011.", "2018-04-12", [("autumn 2011", "2011-FA")]),
    ("The army shelled the town this winter.", "2018-01-20", [("this winter", "2017-WI")]),
    ("Exports fell 3 percent in the third quarter.", "1998-11-20", [("the third quarter", "1998-Q3")]),
    ("Exports fell in the third quarter of 1997.", "1998-11-20", [("the third quarter of 1997", "1997-Q3")]),
    ("Exports fell in the fourth quarter.", "1999-01-20", [("the fourth quarter", "1998-Q4")]),
    ("Third-quarter exports fell.", "1998-11-20", [("Third-quarter", "1998-Q3")]),
    ("Exports fell in Q3 1998.", "1998-11-20", [("Q3 1998", "1998-Q3")]),
    ("Exports fell in the first half of 1998.", "1998-11-20", [("the first half of 1998", "1998-H1")]),
    (
        "Exports rose in the third quarter from a year earlier.",
        "1998-11-20",
        [("the third quarter", "1998-Q3"), ("a year earlier", "1997-Q3")],
    ),
    (
        "Exports rose in the third quarter. In the year-ago quarter they had fallen.",
        "1998-11-20",
        [("the third quarter", "1998-Q3"), ("the year-ago quarter", "1997-Q3")],
    ),
    ("Exports will rise in next year's first quarter.", "1998-11-20", [("next year's first quarter", "1999-Q1")]),
    ("The budget for fiscal 1999 was cut.", "1998-11-20", [("fiscal 1999", "1999")]),
    ("The pope spoke on Christmas Day.", "2018-04-12", [("Christmas Day", "2017-12-25")]),
    ("The pope will speak on Easter Monday 2019.", "2018-04-12", [("Easter Monday 2019", "2019-04-22")]),
    ("Markets were shut on New Year's Day.", "2018-04-12", [("New Year's Day", "2018-01-01")]),
    ("He was freed last Thanksgiving.", "2018-04-12", [("last Thanksgiving", "2017-11-23")]),
    ("Voters decide on Election Day.", "2018-10-30", [("Election Day", "2018-11-06")]),
    ("The siren sounded at 3pm.", "2018-04-12", [("3pm", "2018-04-12T15:00")]),
    ("The siren sounded at 3:30 p.m. on Wednesday.", "2018-04-12", [("3:30 p.m. on Wednesday", "2018-04-11T15:30")]),
    ("The siren sounded at noon Wednesday.", "2018-04-12", [("noon Wednesday", "2018-04-11T12:00")]),
    ("The siren sounded on Wednesday at 15:40.", "2018-04-12", [("Wednesday at 15:40", "2018-04-11T15:40")]),
    ("The siren sounded at 0200 GMT on Wednesday.", "2018-04-12", [("0200 GMT on Wednesday", "2018-04-11T02:00")]),
    (
        "The siren sounded at six o'clock in the evening.",
        "2018-04-12",
        [("six o'clock in the evening", "2018-04-12T18:00")],
    ),
    ("The siren sounded at dawn on Wednesday.", "2018-04-12", [("dawn on Wednesday", "2018-04-11TMO")]),
    ("The siren sounded on the night of April 3.", "2018-04-12", [("the night of April 3", "2018-04-03TNI")]),
    (
        "The siren sounded in the early hours of Wednesday.",
        "2018-04-12",
        [("early hours of Wednesday", "2018-04-11TMO")],
    ),
    ("The regime has lost ground in recent days.", "2018-04-12", [("recent days", "PAST_REF")]),
    ("The regime has recently lost ground.", "2018-04-12", [("recently", "PAST_REF")]),
    ("The regime will soon lose ground.", "2018-04-12", [("soon", "FUTURE_REF")]),
    ("Nobody knows the future of the base.", "2018-04-12", [("the future", "FUTURE_REF")]),
    ("The two states were at war in the past.", "2018-04-12", [("the past", "PAST_REF")]),
    ("Talks are under way at the moment.", "2018-04-12", [("at the moment", "PRESENT_REF")]),
    ("The siege lasted three weeks.", "2018-04-12", []),
    ("Troops patrol the coast every day.", "2018-04-12", []),
    ("Workers march each Friday.", "2018-04-12", []),
    ("The annual exercise began.", "2018-04-12", []),
    ("Prices have doubled in the past three years.", "2018-04-12", []),
    ("Planes fly on Mondays.", "2018-04-12", []),
    ("Prices have fallen over the last six months.", "2018-04-12", []),
    ("Rebels may march on the capital.", "2018-04-12", []),
    ("Theresa May met the king. May then left.", "2018-04-12", []),
    ("The Sunday Times reported the leak.", "2018-04-12", []),
    ("The march drew 2000 students.", "2018-04-12", []),
    ("The fall of the capital surprised nobody.", "2018-04-12", []),
    ("The second attack followed.", "2018-04-12", []),
    ("It cost $2018 to mend.", "2018-04-12", []),
    ("She is in her 30s.", "2018-04-12", []),
    ("The Wednesday vote went against him.", "2018-04-12", [("Wednesday", "2018-04-11")]),
    ("Witnesses said that Monday was quiet.", "2018-04-12", [("Monday", "2018-04-09")]),
    ("By the year 2030 the lake will be dry.", "2018-04-12", [("the year 2030", "2030")]),
    ("In nineteen eighty-nine the wall fell.", "1990-06-30", [("nineteen eighty-nine", "1989")]),
    ("Relations have been frozen since the 2016 coup.", "2018-04-12", [("2016", "2016")]),
    ("The ship left port in March this year.", "2018-04-12", [("March this year", "2018-03")]),
    (
        "Arms were found in the camp on April 3 and May 5, 2017.",
        "2018-04-12",
        [("April 3", "2017-04-03"), ("May 5, 2017", "2017-05-05")],
    ),
    ("Both camps rallied ahead of Sunday's election.", "2018-04-12", [("Sunday", "2018-04-15")]),
    (
        "The siren sounded at six o'clock in the evening.",
        "2018-04-12",
        [("six o'clock in the evening", "2018-04-12T18:00")],
    ),
    ("The mandate will expire in six months.", "2018-04-12", [("six months", "2018-10")]),
    ("The regent died a week ago on Tuesday.", "2018-04-12", [("a week ago on Tuesday", "2018-04-03")]),
    ("The law dates from the Sept. 11 attacks.", "2018-04-12", [("the Sept. 11 attacks", "2001-09-11")]),
    ("The regime has lost ground in recent days.", "2018-04-12", [("recent days", "PAST_REF")]),
    ("For now, the border is shut.", "2018-04-12", [("now", "PRESENT_REF")]),
    ("He was jailed for five years in 2011.", "2018-04-12", [("2011", "2011")]),
    ("Speaking on Monday, the consul denied the report.", "2018-04-12", [("Monday", "2018-04-09")]),
    (
        "The talks, due to start on Monday, were called off on Wednesday.",
        "2018-04-12",
        [("Monday", "2018-04-16"), ("Wednesday", "2018-04-11")],
    ),
    ("The queen, who died on Monday, ruled for 60 years.", "2018-04-12", [("Monday", "2018-04-09")]),
    (
        "On Tuesday the minister said the port would reopen on Saturday.",
        "2018-04-12",
        [("Tuesday", "2018-04-10"), ("Saturday", "2018-04-14")],
    ),
    ("The minister, in a letter dated Tuesday, demanded an inquiry.", "2018-04-12", [("Tuesday", "2018-04-10")]),
    ("Friday prayers drew thousands.", "2018-04-12", [("Friday", "2018-04-06")]),
    ("The troops had been expected to leave on Sunday.", "2018-04-12", [("Sunday", "2018-04-08")]),
    ("They were going to leave on Sunday.", "2018-04-12", [("Sunday", "2018-04-15")]),
    (
        "The union will strike from Monday until Wednesday.",
        "2018-04-12",
        [("Monday", "2018-04-16"), ("Wednesday", "2018-04-18")],
    ),
    (
        "The president arrived in Hanoi on Tuesday to attend talks on Wednesday.",
        "2018-04-12",
        [("Tuesday", "2018-04-10"), ("Wednesday", "2018-04-11")],
    ),
    ("It was the worst flood of the year.", "2018-04-12", [("the year", "2018")]),
    ("The week's worst clash left nine dead.", "2018-04-12", [("The week's", "2018-W15")]),
    ("The lender lost $4 million in the year ended March 31.", "2018-04-12", [("March 31", "2018-03-31")]),
    ("In January, a court freed him; in March, he fled.", "2018-04-12", [("January", "2018-01"), ("March", "2018-03")]),
    ("The bridge has been closed since last month's quake.", "2018-04-12", [("last month", "2018-03")]),
    (
        "At 6 a.m. on 4 June 1989 troops entered the square.",
        "2018-04-12",
        [("6 a.m. on 4 June 1989", "1989-06-04T06:00")],
    ),
    ("TEHRAN, April 11 (Reuters) - Iran tested a missile.", "2018-04-12", [("April 11", "2018-04-11")]),
    ("Two days after the ambush, on April 3, the colonel resigned.", "2018-04-12", [("April 3", "2018-04-03")]),
    ("The colonel resigned on April 3, a day after the ambush.", "2018-04-12", [("April 3", "2018-04-03")]),
    (
        "The rebels took the town in late 2014 and lost it in early 2015.",
        "2018-04-12",
        [("late 2014", "2014"), ("early 2015", "2015")],
    ),
    ("They met on the sidelines of the 2014 World Cup.", "2018-04-12", [("2014", "2014")]),
    ("Dozens were killed this past winter.", "2018-04-12", [("this past winter", "2017-WI")]),
    ("The union, founded in 1881, has 20 members.", "2018-04-12", [("1881", "1881")]),
    ("He was in office from 1998 to 2003.", "2018-04-12", [("1998", "1998"), ("2003", "2003")]),
    ("It is the first visit in two years.", "2018-04-12", []),
    ("The colonel will soon retire.", "2018-04-12", [("soon", "FUTURE_REF")]),
    ("He soon retired.", "2018-04-12", []),
    ("He said he would not wait until tomorrow.", "2018-04-12", [("tomorrow", "2018-04-13")]),
    ("The vote is set for tomorrow at 10 a.m.", "2018-04-12", [("tomorrow at 10 a.m.", "2018-04-13T10:00")]),
    ("The army, once feared, is today a shadow.", "2018-04-12", [("today", "2018-04-12")]),
    ("One day the wall will fall.", "2018-04-12", [("One day", "FUTURE_REF")]),
    (
        "On Monday the army shelled the port. The previous day it had shelled the airport.",
        "2018-04-12",
        [("Monday", "2018-04-09"), ("The previous day", "2018-04-08")],
    ),
    (
        "On Monday the army shelled the port. The following Wednesday it withdrew.",
        "2018-04-12",
        [("Monday", "2018-04-09"), ("The following Wednesday", "2018-04-11")],
    ),
    (
        "In March 2016 the pact was signed. Three months later it was dead.",
        "2018-04-12",
        [("March 2016", "2016-03"), ("Three months later", "2016-06")],
    ),
    (
        "The accord was signed in July and took effect a month later.",
        "2018-04-12",
        [("July", "2017-07"), ("a month later", "2017-08")],
    ),
    ("Last summer's drought emptied the wells.", "2018-04-12", [("Last summer", "2017-SU")]),
    ("Since 2011, half a million people have died.", "2018-04-12", [("2011", "2011")]),
    (
        "The office will be closed on Christmas Eve and New Year's Day.",
        "2018-04-12",
        [("Christmas Eve", "2018-12-24"), ("New Year's Day", "2019-01-01")],
    ),
    ("The cabinet of 2018 has 14 members.", "2018-04-12", [("2018", "2018")]),
    ("The regent was born in 1832.", "2018-04-12", [("1832", "1832")]),
    ("The crowd of 1832 cheered.", "2018-04-12", [("1832", "1832")]),
    ("Flight 1998 was delayed.", "2018-04-12", []),
    ("They walked 2000 miles.", "2018-04-12", []),
    ("The trial opens on Monday, April 16, in The Hague.", "2018-04-12", [("Monday, April 16", "2018-04-16")]),
    ("The trial opens on Monday 16 April in The Hague.", "2018-04-12", [("Monday 16 April", "2018-04-16")]),
    ("The trial opens Mon, 16 Apr 2018.", "2018-04-12", [("Mon, 16 Apr 2018", "2018-04-16")]),
    ("The deadline is midnight on Friday.", "2018-04-12", [("midnight on Friday", "2018-04-13T24:00")]),
    (
        "Witnesses heard blasts shortly before 11 p.m. (2000 GMT) on Tuesday.",
        "2018-04-12",
        [("11 p.m.", "2018-04-10T23:00"), ("2000 GMT", "2018-04-10T20:00"), ("Tuesday", "2018-04-10")],
    ),
    (
        "He left Kabul on the morning of August 15, 2021.",
        "2018-04-12",
        [("the morning of August 15, 2021", "2021-08-15TMO")],
    ),
    (
        "It happened between 2 a.m. and 4 a.m. on Sunday.",
        "2018-04-12",
        [("2 a.m.", "2018-04-08T02:00"), ("4 a.m. on Sunday", "2018-04-08T04:00")],
    ),
    ("The curfew starts at 20:00 tonight.", "2018-04-12", [("20:00 tonight", "2018-04-12T20:00")]),
    ("Mr. March and Ms. April Jones met Jan Smit.", "2018-04-12", []),
    ("Protesters march on Washington in May.", "2018-04-12", [("May", "2018-05")]),
    ("The decision may come in March.", "2018-04-12", [("March", "2018-03")]),
    ("Fighting raged all week.", "2018-04-12", []),
    ("In the coming days, more will flee.", "2018-04-12", []),
    ("He won in the second round.", "2018-04-12", []),
]

# A sentence of 12 April 2018, a predicate in it, and the value of the date that belongs to the predicate.
EVENTS: list[tuple[str, str, str | None]] = [
    ("On 12 March rebels fled the valley.", "fled", "2018-03-12"),
    ("On 3 May 2014 gunmen freed two hostages.", "freed", "2014-05-03"),
    ("Rebels said on Monday that they would free the hostages on Friday.", "said", "2018-04-09"),
    ("Rebels said on Monday that they would free the hostages on Friday.", "free", "2018-04-13"),
    ("On Tuesday troops entered the valley and seized two dams.", "entered", "2018-04-10"),
    ("On Tuesday troops entered the valley and seized two dams.", "seized", "2018-04-10"),
    ("Jets struck the port on Sunday, killing six people.", "struck", "2018-04-08"),
    ("Jets struck the port on Sunday, killing six people.", "killing", "2018-04-08"),
    ("Monday's attack killed nine soldiers.", "attack", "2018-04-09"),
    ("The attack killed nine soldiers on Monday.", "attack", "2018-04-09"),
    ("The attack killed nine soldiers on Monday.", "killed", "2018-04-09"),
    ("The two sides held talks in Doha on Wednesday.", "talks", "2018-04-11"),
    ("The two sides held talks in Doha on Wednesday.", "held", "2018-04-11"),
    ("Cairo denounced the accord signed in 2015.", "accord", "2015"),
    ("Cairo denounced the accord signed in 2015.", "denounced", None),
    ("Cairo, which left the bloc in 2015, rejoined it last month.", "left", "2015"),
    ("Cairo, which left the bloc in 2015, rejoined it last month.", "rejoined", "2018-03"),
    ("The general warned that the 2016 coup could be repeated.", "coup", "2016"),
    ("The general warned that the 2016 coup could be repeated.", "warned", None),
    ("The army began shelling the town on Saturday.", "shelling", "2018-04-07"),
    ("The army began shelling the town on Saturday.", "began", "2018-04-07"),
    ("The minister agreed on Thursday to visit Seoul in May.", "agreed", "2018-04-12"),
    ("The minister agreed on Thursday to visit Seoul in May.", "visit", "2018-05"),
    ("Speaking on Monday, the consul denied the report.", "denied", "2018-04-09"),
    ("A rebel commander has recently threatened the governor.", "threatened", "PAST_REF"),
    ("The ministers discussed the future of the canal.", "discussed", None),
    ("Oslo condemned the raid.", "condemned", None),
    ("After talks collapsed in March, Oslo recalled its envoy on Friday.", "collapsed", "2018-03"),
    ("After talks collapsed in March, Oslo recalled its envoy on Friday.", "recalled", "2018-04-06"),
    ("The prime minister said that the army had bombed the camp on Sunday.", "bombed", "2018-04-08"),
    ("The prime minister said that the army had bombed the camp on Sunday.", "said", None),
    ("The strike on Monday that killed a child was condemned.", "killed", "2018-04-09"),
    ("The two will meet in Lagos on Friday to discuss the dam.", "discuss", "2018-04-13"),
    ("The envoy flew to Oslo on Monday to hold talks with the rebels.", "talks", "2018-04-09"),
    ("The bishop flew home on Tuesday for negotiations with the guild.", "negotiations", "2018-04-10"),
    ("The consul spoke of the levy on Tuesday during a meeting in Quito.", "meeting", "2018-04-10"),
    ("The party on Friday filed a lawsuit against the ministry.", "lawsuit", "2018-04-06"),
    ("Rebels have held the town since 2015.", "held", None),
    ("The guild thanked the bishop for mediating in the 2016 strike.", "mediating", None),
    ("The envoy flew to Oslo on Monday because rebels threatened the port.", "threatened", None),
]


def _told(document, sentences):
    return [(document.text[slice(*date.span)], date.value) for date in find_dates(document, sentences)]


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_dates_of_a_sentence(text, published, expected, parse):
    assert _told(*parse(text, published)) == expected


@pytest.mark.parametrize(("text", "word", "expected"), EVENTS)
def test_date_of_a_predicate(text, word, expected, parse):
    document, sentences = parse(text, "2018-04-12")
    dates = find_dates(document, sentences)
    sentence = next(sentence for sentence in sentences if word in sentence.words)
    date = date_of_event(sentence, sentence.words.index(word), dates)
    assert (date and date.value) == expected


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_mentions_are_spans_of_the_document_and_in_order(text, published, expected, parse):
    document, sentences = parse(text, published)
    mentions = find_dates(document, sentences)
    for mention in mentions:
        start, end = mention.span
        sentence = sentences[mention.sentence]
        assert 0 <= start < end <= len(text)
        assert mention.span == sentence.span_of(mention.first, mention.stop)
        assert mention.type == ("TIME" if mention.granularity in ("part", "time") else "DATE")
    starts = [mention.span[0] for mention in mentions]
    assert starts == sorted(starts)
    assert find_dates(document, sentences) == mentions


@pytest.mark.parametrize(
    ("text", "granularity"),
    [
        ("The dam burst on Monday.", "day"),
        ("The dam burst last week.", "week"),
        ("The dam burst last weekend.", "weekend"),
        ("The dam burst last month.", "month"),
        ("The dam burst in the first quarter.", "quarter"),
        ("The dam burst in the first half of 2015.", "half"),
        ("The dam burst last summer.", "season"),
        ("The dam burst in 2011.", "year"),
        ("The dam burst in the 1950s.", "decade"),
        ("The dam burst in the 18th century.", "century"),
        ("The dam burst on Monday night.", "part"),
        ("The dam burst at 3 a.m. on Monday.", "time"),
        ("The dam burst recently.", "ref"),
    ],
)
def test_granularity(text, granularity, parse):
    (mention,) = find_dates(*parse(text, "2018-04-12"))
    assert mention.granularity == granularity


def test_without_a_publication_date_the_expression_is_kept_with_its_granularity(parse):
    (mention,) = find_dates(*parse("The dam burst last week.", None))
    assert (mention.value, mention.granularity) == (None, "week")


@pytest.mark.parametrize("published", ["2018-04-12T06:30", "2018-04-12T06:30:00Z"])
def test_a_timestamp_counts_as_its_day(published, parse):
    assert _told(*parse("The dam burst yesterday.", published)) == [("yesterday", "2018-04-11")]


@pytest.mark.parametrize("published", ["April 2018", "2018", "", "2018-13-45"])
def test_an_unreadable_publication_date_counts_as_none(published, parse):
    document, sentences = parse("The dam burst yesterday.", None)
    assert _told(replace(document, published=published), sentences) == [("yesterday", None)]


def test_the_same_text_is_dated_from_each_publication(parse):
    document, sentences = parse("The dam burst on Monday and the town was emptied last week.", None)
    told = [_told(replace(document, published=day), sentences) for day in ("2018-04-12", "2012-01-03", "2021-03-01")]
    assert [[value for _, value in each] for each in told] == [
        ["2018-04-09", "2018-W14"],
        ["2012-01-02", "2011-W52"],
        ["2021-03-01", "2021-W08"],
    ]


@pytest.mark.parametrize("text", ["", " ", "Nothing is dated here.", "The 40th of May 2018 never came."])
def test_texts_without_a_date(text, parse):
    document, sentences = parse(text, "2018-04-12")
    assert [date.value for date in find_dates(document, sentences) if date.granularity == "day"] == []


def test_a_day_that_no_calendar_has_is_kept_without_value(parse):
    assert _told(*parse("The pact was dated February 30, 2018.", "2018-04-12")) == [("February 30, 2018", None)]


def test_a_document_without_sentences_has_no_dates():
    assert find_dates(Document(id="x", text=""), ()) == ()


def test_a_date_far_beyond_the_calendar_has_no_value(parse):
    assert _told(*parse("The star died 900 centuries ago.", "2018-04-12")) == [("900 centuries ago", None)]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_a_publication_at_the_ends_of_the_calendar_is_no_error(published, parse):
    document, sentences = parse("The dam burst last century, in May, and will burst next Friday and in autumn.", None)
    assert find_dates(replace(document, published=published), sentences)
